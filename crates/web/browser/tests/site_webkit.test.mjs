// The site in WebKit.

import { WebKit } from "../support/engines/webkit.mjs";
import { everyJourney } from "../support/journeys.mjs";

everyJourney(WebKit, { asksTheHostToo: true, reloadsPastTheWorker: false });
