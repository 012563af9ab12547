// The site in Firefox.

import { Firefox } from "../support/engines/playwright.mjs";
import { everyJourney } from "../support/journeys.mjs";

everyJourney(Firefox);
