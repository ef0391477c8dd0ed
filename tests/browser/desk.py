"""A program beside the browsers: writes as readers, and tells what stands as the moderator sees it."""

from tests.stack import wait_for

ARTICLE = "satellite-photos-open"
INSULT = "You are a stupid worthless idiot and a moron, {} number {}."


class Desk:
    def __init__(self, demo):
        self.client, self.people = demo.stack.client, demo.people
        self.watching = self.entered(self.people.moderator)
        self.article = self.client.get("/api/v1/sites/demo/articles", params={"external_id": ARTICLE}).json()[
            "id"
        ]

    def entered(self, person):
        body = {"site": "demo", "email": person.email, "password": person.password, "transport": "bearer"}
        return {"authorization": "Bearer " + self.client.post("/api/v1/session", json=body).json()["token"]}

    def write(self, reader, *texts):
        headers, path = self.entered(reader), f"/api/v1/sites/demo/articles/{self.article}/comments"
        ids = [self.client.post(path, json={"text": text}, headers=headers).json()["id"] for text in texts]
        for one in ids:
            wait_for(f"a decision on {one}", lambda: self.state(one) != "pending")  # noqa: B023 - asked at once
        return ids

    def state(self, comment_id):
        answer = self.client.get(f"/api/v1/sites/demo/comments/{comment_id}", headers=self.watching)
        return answer.json()["state"]

    def states(self, ids):
        return [self.state(one) for one in ids]

    def await_states(self, ids, states):
        """Waits for one after the other, because asking about all each time would slow down whoever decides; then checks all at once."""
        for one, state in zip(ids, states, strict=True):
            wait_for(f"{one} to be {state}", lambda: self.state(one) == state)  # noqa: B023 - asked at once
        assert self.states(ids) == states

    def decide(self, comment_id, state):
        path = "/api/v1/sites/demo/queue/items/"
        seen = self.client.get(f"{path}{comment_id}", headers=self.watching).json()["item"]
        made = self.client.post(
            f"/api/v1/sites/demo/revisions/{seen['revision_id']}/decisions",
            json={"state": state},
            headers=self.watching,
        )
        assert made.status_code < 300, made.text

    def clear(self):
        """Rejects whatever is held, so that no later test has to look for a comment beyond the first page of the queue."""
        path = "/api/v1/sites/demo"
        while held := self.client.get(f"{path}/queue?queue=held", headers=self.watching).json()["items"]:
            items = [{"revision_id": one["revision_id"], "seen": one["decision_id"]} for one in held]
            body = {"state": "rejected", "reason": "other", "items": items}
            made = self.client.post(f"{path}/decisions", json=body, headers=self.watching)
            assert made.status_code == 200, made.text
