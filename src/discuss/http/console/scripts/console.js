// Everything that scripts add to the console's pages. Each part looks for the elements it works on and is idle without them.

import "./again.js";
import "./help.js";
import "./reasons.js";
import "./selecting.js";
import "./toasts.js";
import "./undoing.js";
import "./drafts.js";
import "./queue.js";
import "./claims.js";
import "./live.js";
import "./panel.js";
import { sendForms } from "./pieces.js";

sendForms();
