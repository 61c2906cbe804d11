/**
 * How a plate is painted, from its letters; only for drawing while it is typed, never a fact.
 * Keep in step with plate_face in inspect_app/vehicles/rules.py and the paints of faces.py;
 * electric Korean plates differ by colour only, so they stay white until the car is known.
 */
const REGIONS = "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주";
const KOREAN = new RegExp(`^(?:(?:${REGIONS})\\d{1,3}|\\d{2,3})([가-힣])\\d{4}$`);
const CHINESE = "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-Z]";
const HIRE = new Set("아바사자배");
const CHINESE_PAINTS = [
  ["yellow", new RegExp(`^${CHINESE}[A-HJ-NP-Z0-9]{4}[挂学]$`)],
  ["blue", new RegExp(`^${CHINESE}[A-HJ-NP-Z0-9]{5}$`)],
  ["green", new RegExp(`^${CHINESE}(?:[A-HJK][A-HJ-NP-Z0-9]\\d{4}|\\d{5}[A-HJK])$`)],
];

/**
 * @param {string} text
 * @returns {string} a paint: white, blue, green, yellow or plain
 */
export function platePaint(text) {
  const key = text.normalize("NFKC").toUpperCase().replace(/[^\p{L}\p{N}\p{M}]/gu, "");
  const korean = KOREAN.exec(key);
  if (korean) return HIRE.has(korean[1]) ? "yellow" : "white";
  return /** @type {string} */ (CHINESE_PAINTS.find(([, pattern]) => pattern.test(key))?.[0] ?? "plain");
}
