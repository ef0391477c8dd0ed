"""Request bodies: JSON and nothing else, decoded strictly into the struct that a handler names."""

from typing import Any, ClassVar, cast

from litestar import Request
from litestar.dto import AbstractDTO
from litestar.openapi.spec import Reference, Schema
from litestar.typing import FieldDefinition
from msgspec import DecodeError, ValidationError
from msgspec.json import Decoder

from discuss.errors import Malformed, MediaTypeUnsupported
from discuss.http.wording import wrong_body

JSON = "application/json"


class JsonBody(AbstractDTO[Any]):
    """Litestar's own decoder treats any content type as JSON and accepts `"5"` for 5; this one does neither.

    Set as the `dto` of a router, it decodes the `data` of every handler below. There is no transfer model: handlers
    receive the struct in their signature.
    """

    decoders: ClassVar[dict[str, Decoder[Any]]] = {}

    @classmethod
    def create_for_field_definition(
        cls, field_definition: FieldDefinition, handler_id: str, backend_cls: Any = None
    ) -> None:
        del backend_cls
        cls.decoders[handler_id] = Decoder(field_definition.annotation)

    def decode_bytes(self, value: bytes) -> Any:
        """Raises `MediaTypeUnsupported`, `Malformed` or `InvalidInput`."""
        request = cast("Request[Any, Any, Any]", self.asgi_connection)
        if request.content_type[0].lower() != JSON:
            raise MediaTypeUnsupported
        try:
            return self.decoders[request.route_handler.handler_id].decode(value)
        except ValidationError as error:
            raise wrong_body(error) from error
        except (DecodeError, UnicodeDecodeError) as error:
            raise Malformed from error
        except RecursionError as error:
            raise Malformed("The JSON is nested too deeply.") from error

    @classmethod
    def create_openapi_schema(
        cls, field_definition: FieldDefinition, handler_id: str, schema_creator: Any
    ) -> Reference | Schema:
        del handler_id
        schema: Reference | Schema = schema_creator.for_field_definition(field_definition)
        return schema

    @classmethod
    def generate_field_definitions(cls, model_type: type[Any]) -> Any:
        del model_type
        return iter(())

    @classmethod
    def detect_nested_field(cls, field_definition: FieldDefinition) -> bool:
        del field_definition
        return False
