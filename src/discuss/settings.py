"""Every setting, read once from the environment: `DISCUSS_NAME`, or the path of a file in `DISCUSS_NAME_FILE`."""

import os
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_address
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from discuss import redis_client
from discuss.errors import SetupFailed
from discuss.store import address

PREFIX = "DISCUSS_"
POSTGRESQL = ("postgresql://", "postgres://", "postgresql+")
ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  - translated away from, not listened on
SCHEMES = {
    "database_url": POSTGRESQL,
    "redis_url": redis_client.PLAIN + redis_client.CLUSTER + redis_client.SENTINEL,
    "queue_url": redis_client.PLAIN + redis_client.SENTINEL,
}
CHECKS: dict[str, Callable[[str], object]] = {
    "database_url": address.parse,
    "redis_url": redis_client.check,
    "queue_url": redis_client.check,
}


class SecretFiles(PydanticBaseSettingsSource):
    """Reads `DISCUSS_X` from the file that `DISCUSS_X_FILE` names, and raises `SetupFailed` if there is nothing to read."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        del field
        name = f"{PREFIX}{field_name.upper()}_FILE"
        path = os.environ.get(name)
        return (_secret(name, Path(path)) if path else None), field_name, False

    def __call__(self) -> dict[str, Any]:
        values = {
            name: self.get_field_value(field, name)[0]
            for name, field in self.settings_cls.model_fields.items()
        }
        return {name: value for name, value in values.items() if value is not None}


def _secret(name: str, path: Path) -> str:
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SetupFailed(f"{name} cannot be read: {error}") from error
    except UnicodeDecodeError as error:
        raise SetupFailed(f"{name} names a file that is not text in UTF-8: {path}") from error
    if not secret:
        raise SetupFailed(f"{name} names an empty file: {path}")
    return secret


class Settings(BaseSettings):
    # Compose writes `${X:-}` for what nobody set: an empty variable must not hide a secret file, nor pass for a path.
    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore")

    home: Path = Field(Path(".discuss"), description="Folder of the embedded servers, logs and snapshots.")
    host: str = Field("127.0.0.1", description="Address the API listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port the API listens on.")
    public_url: str = Field(
        "", description="Address readers see, such as https://news.example.org; default: host and port."
    )
    database_url: str = Field(
        "", description="postgresql://… of an outside PostgreSQL; empty: the embedded one."
    )
    redis_url: str = Field(
        "",
        description="redis://… of an outside Redis or Valkey, redis+cluster://… or redis+sentinel://…; empty: the embedded one.",
    )
    queue_url: str = Field(
        "",
        validate_default=True,
        description="redis://… for the worker's doorbell; default: redis_url, where that is no cluster.",
    )
    models: Path | None = Field(
        None, description="Folder of the classifier models; default: those shipped with the package."
    )
    api_processes: int = Field(
        2, ge=1, le=64, description="API processes: with two, one that dies is not missed."
    )
    database_pool: int = Field(10, ge=1, le=200, description="PostgreSQL connections per process.")
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        (),
        description="Networks whose X-Forwarded-For is believed, such as 10.0.0.0/8, 127.0.0.1; commas between.",
    )
    session_days: int = Field(30, ge=1, le=400, description="Days after which a log-in ends.")
    worker_batch: int = Field(256, ge=1, le=5000, description="Outbox rows that a worker claims at once.")
    log_level: str = Field(
        "info", pattern="^(debug|info|warning|error)$", description="debug, info, warning or error."
    )
    log_json: bool = Field(False, description="One JSON object a line instead of text for people.")
    metrics_token: str = Field("", description="Token that opens /metrics; empty: it is closed.")
    feed_export_dir: Path | None = Field(
        None,
        description="Folder into which the finished feeds are written for a web server; default: nowhere.",
    )
    shadow_bans: bool = Field(
        False,
        description="Lets moderators ban authors who are not told: only they themselves see what they write.",
    )
    streams_per_address: int = Field(
        200, ge=1, le=10_000, description="Event streams that one address may hold open in each API process."
    )
    demo: bool = Field(False, description="Serve the demo pages; refused anywhere but on loopback.")

    @field_validator("database_url", "redis_url", "queue_url")
    @classmethod
    def _readable_address(cls, value: str, info: ValidationInfo) -> str:
        schemes = SCHEMES[str(info.field_name)]
        if value and not value.startswith(schemes):
            raise ValueError("this is not an address that begins with " + " or ".join(schemes))
        if value:
            CHECKS[str(info.field_name)](value)
        return value

    @field_validator("queue_url")
    @classmethod
    def _queue_is_no_cluster(cls, value: str, info: ValidationInfo) -> str:
        if not value and info.data.get("redis_url", "").startswith(redis_client.CLUSTER):
            raise ValueError("the worker's queue cannot be in a cluster; name a Redis of its own here")
        return value

    @field_validator("public_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        told = urlsplit(value)
        if value and (told.scheme not in {"http", "https"} or not told.hostname):
            raise ValueError("this is not an address such as https://news.example.org")
        return value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, SecretFiles(settings_cls)

    @property
    def base_url(self) -> str:
        """Where readers reach the API."""
        return self.public_url.rstrip("/") or self.local_url

    @property
    def local_url(self) -> str:
        """Where this machine reaches the API."""
        host = ANY.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def shows_demo(self) -> bool:
        return self.demo and self.open_by is None

    @property
    def open_by(self) -> str | None:
        """The setting that lets other machines reach the API; None if only this one can."""
        if not _is_loopback(self.host):
            return "DISCUSS_HOST"
        if self.public_url and not _is_loopback(urlsplit(self.public_url).hostname or ""):
            return "DISCUSS_PUBLIC_URL"
        return "DISCUSS_TRUSTED_PROXIES" if self.trusted_proxies else None


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def load(**overrides: Any) -> Settings:
    """The settings of this process.

    Raises `SetupFailed` with one line for each setting that is wrong.
    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        lines = {f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()}
        raise SetupFailed("; ".join(sorted(lines))) from error
