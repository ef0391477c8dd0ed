"""What a page of another origin may do with the API, as a real browser permits it."""

ASK_AGAIN = """async (address) => {
  const { headers } = await fetch(address);
  const answer = await fetch(address, { headers: { "If-None-Match": headers.get("etag") }, cache: "no-store" });
  return [answer.status, await answer.text()];
}"""


def test_it_can_keep_a_validator_and_ask_with_it(window, demo, paper):
    page = window(bypass_csp=True).page
    page.goto(paper.put())
    feed = f"{demo.stack.base_url}/api/v1/sites/demo/feed"
    assert page.evaluate(ASK_AGAIN, feed) == [304, ""]
