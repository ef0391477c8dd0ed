// Waits for the decision on a comment that was just sent.

const FIRST_LOOK = 250;
const SLOWEST_LOOK = 4000;
const PATIENCE = 90_000;

// Returns the comment as it is once it is decided, or still pending when patience ends; null once `signal` aborts.
export async function decided(client, comment, signal) {
  const until = Date.now() + PATIENCE;
  for (let wait = FIRST_LOOK; comment.state === "pending" && Date.now() < until; wait = Math.min(wait * 1.5, SLOWEST_LOOK)) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (signal.aborted) return null;
    comment = await client.comment(comment.id).catch(() => comment); // no answer this time: the comment is stored, so look again
  }
  return comment;
}
