# The bot and nothing else: built where pip is, run where it is not. `docker build -t frameworks-bot .`
# Pin the base by digest before you rely on it: docker buildx imagetools inspect python:3.13-slim
FROM python:3.13-slim AS build
WORKDIR /source
COPY requirements/run.lock requirements/run.lock
RUN python -m venv /opt/frameworks \
 && /opt/frameworks/bin/pip install --no-cache-dir --no-compile --require-hashes -r requirements/run.lock
COPY . .
RUN /opt/frameworks/bin/pip install --no-cache-dir --no-compile --no-deps --no-build-isolation . \
 && /opt/frameworks/bin/pip uninstall --yes pip

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
