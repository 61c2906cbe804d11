import { installOutbox } from "/static/js/offline/outbox.js";
import "/static/js/elements/outbox-status.js";
import "/static/js/lib/shrink.js";

installOutbox(document);
document.documentElement.dataset.ready = "";
