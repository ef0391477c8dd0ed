"""The served OpenAPI document: valid, complete, honest, and what a fuzzer makes of it."""

import re
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from discuss.domain.accounts import Role
from discuss.http import problem
from tests.e2e.asking import PROBLEM
from tests.e2e.house import TABLE
from tests.e2e.test_bad_input import REQUESTS
from tests.stack import SiteInUse, Stack

CHECKED = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def quick(examples: int) -> settings:
    return settings(
        max_examples=examples, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


@pytest.fixture(scope="module")
def document(stack: Stack) -> dict[str, Any]:
    answer = stack.client.get("/api/openapi.json")
    assert answer.status_code == 200
    return answer.json()


@pytest.fixture(scope="module")
def operations(document) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method.upper(), path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_document_is_valid_openapi_3_1(document):
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_every_operation_has_a_name_of_its_own_a_summary_and_a_tag(operations):
    names = [operation["operationId"] for _, _, operation in operations]
    assert len(set(names)) == len(names)
    for method, path, operation in operations:
        assert re.fullmatch(r"([A-Z][a-z]+)+I?", operation["operationId"]), (method, path)
        assert operation["summary"], (method, path)
        assert operation["tags"], (method, path)


def test_every_operation_tells_which_problems_it_answers_with(document, operations):
    codes = set(problem.codes())
    for method, path, operation in operations:
        if path.startswith("/health"):
            continue
        answers = operation["responses"]
        assert {"400", "422", "500", "503"} <= set(answers), (method, path)
        assert ("{site}" in path) <= ("404" in answers), (method, path)
        assert ("requestBody" in operation) <= ({"413", "415"} <= set(answers)), (method, path)
        for status, answer in answers.items():
            if status >= "400":
                assert answer["content"][PROBLEM]["schema"] == {"$ref": "#/components/schemas/Problem"}
                assert set(re.findall(r"`([a-z-]+)`", answer["description"])) <= codes
    assert set(document["components"]["schemas"]["Problem"]["required"]) == {
        "type", "title", "status", "detail", "code",
    }  # fmt: skip


def test_every_problem_of_the_table_of_malformed_requests_is_documented_where_it_happens(operations):
    forms = [(method, re.sub(r"{\w+}", "[^/]+", path), answers) for method, path, answers in operations]
    for method, asked, _, _, status, code in REQUESTS:
        path = re.sub(r"<(site|there)>", "/api/v1/sites/a", asked).partition("?")[0]
        for known, form, operation in forms:
            if known == method and re.fullmatch(form, path) and code != "not-found":
                assert f"`{code}`" in operation["responses"][str(status)]["description"], (method, path)


ROLES = {"nobody": "nobody", "admin": "staff", "key": "key"}
"""Our names for the roles, and those of the table."""
OPERATIONS = [
    name for name, row in TABLE.items() if not row.endless
]  # tests/e2e/test_stream.py reads the endless one


@pytest.fixture(scope="module")
def schema(document):
    return schemathesis.openapi.from_dict(document)


@pytest.fixture(scope="module")
def fuzzed(stack: Stack) -> SiteInUse:
    site = stack.site("fuzzed")
    site.article("one")
    return site


@pytest.fixture(scope="module")
def credentials(stack: Stack, fuzzed: SiteInUse) -> dict[str, dict[str, str]]:
    return {
        "nobody": {},
        "admin": stack.person(None, Role.ADMIN).headers,
        "key": {"authorization": f"Bearer {fuzzed.key}"},
    }


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_fuzzer_finds_no_error_of_ours_and_no_answer_that_is_not_documented(
    schema, fuzzed, credentials, name, role
):
    operation = schema.find_operation_by_id(name)
    known = {"site": fuzzed.slug, "article_id": fuzzed.articles["one"]}
    fixed = {given: value for given, value in known.items() if f"{{{given}}}" in operation.path}
    headers = credentials[role] if name != "LogOut" else {}

    @quick(10 if TABLE[name].expected[ROLES[role]] < 400 else 3)  # those who may not are refused at once
    @given(
        case=operation.as_strategy(GenerationMode.POSITIVE, path_parameters=fixed)
        | operation.as_strategy(GenerationMode.NEGATIVE)
    )
    def probe(case: schemathesis.Case) -> None:
        case.call_and_validate(base_url=fuzzed.stack.base_url, headers=headers, checks=CHECKED)

    probe()
