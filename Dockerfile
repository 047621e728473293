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
# Fonts for PostScript and PDF, and example data; pictures are PNG and SVG with the embedded TrueType fonts
RUN cd /opt/frameworks/lib/python*/site-packages/matplotlib/mpl-data && rm -r sample_data fonts/afm fonts/pdfcorefonts

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin frameworks \
 && install -d -o frameworks -g frameworks -m 0700 /data
COPY --from=build /opt/frameworks /opt/frameworks
ENV PATH=/opt/frameworks/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    HOME=/data FRAMEWORKS_HOME=/data MPLCONFIGDIR=/data/matplotlib HEALTH_PORT=8080 PORT=8080
USER frameworks
# An image whose program cannot start is not made
RUN frameworks-bot --check
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["frameworks-bot"]
