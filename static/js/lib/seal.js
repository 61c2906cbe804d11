/**
 * The sealed document, made where it was shown: everything signed with one drawing.
 *
 * Keep in step with inspect_app/signatures/seal.py (the schema stands there);
 * tests/data/vectors/documents.json compares them.
 *
 * @typedef {{id: string, sha256: string}} Photo hash of the bytes as (to be) sent
 * @typedef {object} Shown a statement as shown and acknowledged
 * @property {"S1" | "SD" | "SI" | "S2" | "SR" | "SB" | "SC" | "SP" | "S4"} code
 * @property {string} title
 * @property {string[]} words the lines shown
 * @property {Record<string, unknown>} facts
 * @property {Photo[]} photos in the order shown
 * @property {string} acknowledged_at ISO, UTC, milliseconds
 *
 * @typedef {object} Sitting
 * @property {{id: string, name: string}} site
 * @property {Record<string, unknown>} visit at least id and plate
 * @property {"en" | "ko" | "zh"} language
 * @property {Shown[]} statements in the order of the schema
 * @property {{name: string, relation: string}} signer
 * @property {import("./strokes.js").Drawing} drawing
 * @property {string} signed_at ISO, UTC, milliseconds
 * @property {{id: string | null, clock_offset_ms: number}} tablet
 * @property {{id: string, name: string}} taken_by
 *
 * @typedef {Sitting & {schema: string, statements: (Shown & {sha256: string})[]}} SealedDocument
 */

import { sha256Of } from "./canonical.js";

export const SCHEMA = "vehicle-reception/seal/1";

/**
 * SHA-256 of what a statement says: its words, language, facts and photos.
 * @param {Shown} statement
 * @param {string} language
 * @returns {Promise<string>}
 */
export function statementHash(statement, language) {
  const { code, title, words, facts, photos } = statement;
  return sha256Of({ code, title, language, words, facts, photos });
}

/**
 * What a signature holds for, whatever the words and the language shown.
 * @param {string} code
 * @param {Record<string, unknown>} facts
 * @returns {Promise<string>}
 */
export function factsHash(code, facts) {
  return sha256Of({ code, facts });
}

/**
 * SHA-256 of the document's canonical bytes.
 * @param {SealedDocument} document
 * @returns {Promise<string>}
 */
export function documentHash(document) {
  return sha256Of(document);
}

/**
 * The document of a sitting; send `canonicalBytes(document)` as they are. `signed_at` is moved to
 * the last acknowledgement or stroke if the clock was put back in between.
 * @param {Sitting} sitting
 * @returns {Promise<SealedDocument>}
 */
export async function buildDocument(sitting) {
  const { site, visit, language, signer, drawing, tablet } = sitting;
  const statements = await Promise.all(
    sitting.statements.map(async (statement) => ({
      ...statement,
      sha256: await statementHash(statement, language),
    })),
  );
  return {
    schema: SCHEMA,
    site,
    visit,
    language,
    statements,
    signer,
    drawing,
    signed_at: signedAt(sitting),
    tablet,
    taken_by: sitting.taken_by,
  };
}

/**
 * @param {Sitting} sitting
 * @returns {string}
 */
function signedAt(sitting) {
  const times = sitting.drawing.groups.flat().map((point) => point[2]);
  const lastStroke = times.reduce((latest, time) => Math.max(latest, time), 0);
  const moments = [
    sitting.signed_at,
    ...sitting.statements.map((statement) => statement.acknowledged_at),
    new Date(lastStroke).toISOString(),
  ];
  // Texts of this form sort as their times do.
  return moments.sort()[moments.length - 1];
}
