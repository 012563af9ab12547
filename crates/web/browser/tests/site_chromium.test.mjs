// The site in Chromium.

import { Chromium } from "../support/engines/playwright.mjs";
import { everyJourney } from "../support/journeys.mjs";

everyJourney(Chromium);
