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
# What only its own makers run, and what nobody runs in the image
RUN find /opt/frameworks -type d -name tests -prune -exec rm -r {} + \
 && rm -rf /opt/frameworks/lib/python*/site-packages/pip /opt/frameworks/lib/python*/site-packages/setuptools

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin frameworks \
 && install -d -o frameworks -g frameworks -m 0700 /data
COPY --from=build /opt/frameworks /opt/frameworks
ENV PATH=/opt/frameworks/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    FRAMEWORKS_HOME=/data MPLCONFIGDIR=/data/matplotlib HEALTH_PORT=8080 PORT=8080
USER frameworks
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["frameworks-bot"]
