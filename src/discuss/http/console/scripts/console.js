// What makes the pages quicker with scripts than without. Each part looks for what it works on and is idle elsewhere.

import "./again.js";
import "./help.js";
import "./reasons.js";
import "./selecting.js";
import "./toasts.js";
import "./queue.js";
import "./claims.js";
import "./live.js";
import "./panel.js";
import { sendForms } from "./pieces.js";

sendForms();
