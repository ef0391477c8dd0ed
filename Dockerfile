# One image for the API, the worker and every other verb: `docker run IMAGE serve`, `… worker`, `… migrate`.
FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
RUN python -m venv /opt/discuss

# What changes seldom comes first, so that a change of our code does not fetch everything again.
COPY requirements.txt requirements-dev.txt ./
RUN /opt/discuss/bin/pip install --require-hashes --only-binary=:all: -r requirements.txt
# The build backend alone, as the development lock pins it.
RUN awk '/^[^ #]/ { wanted = /^(hatchling|packaging|pathspec|pluggy|tomlkit|trove-classifiers)==/ } wanted' requirements-dev.txt \
        > requirements-build.txt \
    && python -m pip install --require-hashes --only-binary=:all: -r requirements-build.txt

COPY pyproject.toml README.md LICENSE ./
COPY models models
COPY workers workers
COPY src src
RUN python -m hatchling build -t wheel -d wheel \
    && /opt/discuss/bin/pip install --no-deps --no-index wheel/*.whl

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/discuss --create-home --shell /usr/sbin/nologin discuss
COPY --from=build /opt/discuss /opt/discuss
ENV PATH=/opt/discuss/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DISCUSS_HOME=/var/lib/discuss \
    DISCUSS_HOST=0.0.0.0 \
    DISCUSS_LOG_JSON=1
USER discuss
WORKDIR /var/lib/discuss
VOLUME /var/lib/discuss
EXPOSE 8000
# For the API. A worker listens on nothing: its container switches this off.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ.get('DISCUSS_PORT', '8000') + '/health/ready', timeout=4)"]
ENTRYPOINT ["discuss"]
CMD ["serve"]
