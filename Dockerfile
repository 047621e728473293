# The bot and nothing else: built where pip is, run where it is not. `docker build -t frameworks-bot .`
# Pin the base by digest before you rely on it: deploy/pin-base
FROM python:3.13-slim AS build
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
# HTTP), rich's colours for source code. One that no longer comes ends the build
RUN for unused in hf-xet pygments; do \
      /opt/frameworks/bin/pip show --quiet $unused && /opt/frameworks/bin/pip uninstall --quiet --yes $unused || exit 1; \
    done
# What only its own makers run, and what nobody runs in the image: packages' tests, installers
RUN find /opt/frameworks -type d \( -name tests -o -name __pycache__ \) -prune -exec rm -r {} + \
 && cd /opt/frameworks/lib/python*/site-packages \
 && rm -rf pip pip-* setuptools setuptools-* pkg_resources _distutils_hack distutils-precedence.pth
# What one compiles against; nobody compiles here
RUN find /opt/frameworks/lib/python*/site-packages -type f \( -name '*.h' -o -name '*.hpp' -o -name '*.a' -o -name '*.pxd' \
    -o -name '*.pxi' -o -name '*.pyx' -o -name '*.pyi' \) -delete
# Arrow's client for servers of tables and its own client for S3 (files come by the Hub), and two copies of a library
# that is loaded by its third name
RUN cd /opt/frameworks/lib/python*/site-packages/pyarrow \
 && rm -r include libarrow*_flight.so* _flight.*.so libarrow_s3.so.* _s3fs.*.so libarrow_python.so libarrow_python.so.*.*.*
# Fonts for PostScript and PDF, what takes fonts apart (matplotlib asks fontTools for letters' names alone), example data,
# and AVIF: pictures are PNG, drawn with TrueType fonts
RUN cd /opt/frameworks/lib/python*/site-packages \
 && rm -r matplotlib/mpl-data/sample_data matplotlib/mpl-data/fonts/afm matplotlib/mpl-data/fonts/pdfcorefonts \
      PIL/_avif.* pillow.libs/libavif-* \
 && find fontTools -mindepth 1 -maxdepth 1 -type d ! -name misc -exec rm -r {} +
# Names that only a linker and a debugger read: a sixth of all. What a wheel brought along from elsewhere (*.libs) was moved
# about by its makers in ways that not every strip understands: numpy's OpenBLAS could not be loaded any more
RUN { command -v strip >/dev/null || { apt-get update && apt-get install --yes --no-install-recommends binutils; }; } \
 && find /opt/frameworks -type f -name '*.so*' ! -path '*.libs/*' -exec strip --strip-unneeded {} +

FROM python:3.13-slim
RUN useradd --uid 10001 --user-group --no-log-init --no-create-home --home-dir /data --shell /usr/sbin/nologin frameworks \
 && install -d -o frameworks -g frameworks -m 0700 /data
COPY --from=build /opt/frameworks /opt/frameworks
ENV PATH=/opt/frameworks/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
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
