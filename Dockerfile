# The bot and nothing else: built where pip is, run where it is not. `docker build -t frameworks-bot .`
# The base is pinned by digest; deploy/pin-base renews it
FROM python:3.13-slim@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b AS build
WORKDIR /source
COPY requirements/run.lock requirements/run.lock
RUN python -m venv /opt/frameworks \
 && /opt/frameworks/bin/pip install --no-cache-dir --no-compile --require-hashes -r requirements/run.lock
COPY . .
RUN python -m venv /opt/build \
 && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements/build.lock \
 && /opt/build/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /opt/build/wheels . \
 && /opt/frameworks/bin/pip install --no-cache-dir --no-compile --no-deps /opt/build/wheels/*.whl
# Packages that come with others and that nothing here imports: huggingface_hub's own way of moving files (they are read by
# HTTP), rich's colours for source code, matplotlib's contours; and pandas, with which the embedded samples are made anew, a
# maintainer's command. One that no longer comes ends the build
RUN for unused in hf-xet pygments contourpy pandas; do \
      /opt/frameworks/bin/pip show --quiet $unused && /opt/frameworks/bin/pip uninstall --quiet --yes $unused || exit 1; \
    done
# What only its own makers run, and what nobody runs in the image: packages' tests, installers
RUN find /opt/frameworks -type d \( -name tests -o -name __pycache__ \) -prune -exec rm -r {} + \
 && cd /opt/frameworks/lib/python*/site-packages \
 && rm -rf pip pip-* setuptools setuptools-* pkg_resources _distutils_hack distutils-precedence.pth
# What one compiles against, and sources; nobody compiles here
RUN find /opt/frameworks/lib/python*/site-packages -type f \( -name '*.h' -o -name '*.hpp' -o -name '*.a' -o -name '*.pxd' \
    -o -name '*.pxi' -o -name '*.pyx' -o -name '*.pyi' -o -name '*.c' -o -name '*.cc' -o -name '*.cpp' \) -delete
# What is left out by name: deploy/left_out.txt says why
RUN deploy/leave-out packages /opt/frameworks/lib/python*/site-packages
# Names that only a linker and a debugger read: a sixth of all. What a wheel brought along from elsewhere (*.libs) was moved
# about by its makers in ways that not every strip understands: numpy's OpenBLAS could not be loaded any more
RUN { command -v strip >/dev/null || { apt-get update && apt-get install --yes --no-install-recommends binutils; }; } \
 && find /opt/frameworks -type f -name '*.so*' ! -path '*.libs/*' -exec strip --strip-unneeded {} +

# The base with the program, and without what nobody runs in the image. Its C library, certificates, time zones, a shell and
# the list of Debian's packages, by which it is scanned, stay
FROM python:3.13-slim@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b AS root
RUN useradd --uid 10001 --user-group --no-log-init --no-create-home --home-dir /data --shell /usr/sbin/nologin frameworks \
 && install -d -o frameworks -g frameworks -m 0700 /data
COPY --from=build /opt/frameworks /opt/frameworks
COPY deploy/leave-out deploy/left_out.txt /leave-out/
RUN /leave-out/leave-out debian / && /leave-out/leave-out base / && rm -r /leave-out \
 && ! find /usr/local /opt/frameworks -type f -name '*.so*' -exec ldd {} + | grep -B 9 'not found'

# One layer: what was taken out of the base would still lie in the layers below
FROM scratch
COPY --from=root / /
ENV PATH=/opt/frameworks/bin:/usr/local/bin:/usr/bin:/bin PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    HOME=/data FRAMEWORKS_HOME=/data MPLCONFIGDIR=/data/matplotlib HEALTH_PORT=8080 PORT=8080
# By number: Kubernetes takes no name's word for it that this is not root
USER 10001:10001
# An image whose program cannot start is not made
RUN frameworks-bot --check
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["frameworks-bot"]
