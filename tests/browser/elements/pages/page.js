import { installOutbox } from "/static/js/offline/outbox.js";
import "/static/js/elements/outbox-status.js";
import "/static/js/lib/shrink.js";
import "/static/js/offline/export.js";

installOutbox(document);
document.documentElement.dataset.ready = "";
