/**
 * The paint a plate most likely has, from its letters alone; only for drawing, never a fact.
 * Korea: commercial use (바사아자배) is yellow. China: six characters after the first letter mean
 * new energy (green), five blue; the yellow of large vehicles cannot be told from the letters.
 * @param {string} text
 * @returns {"white" | "blue" | "green" | "yellow"}
 */
export function plateStyle(text) {
  const plate = text.replace(/[\s·.-]/g, "").toUpperCase();
  if (/^[\u4e00-\u9fff][A-Z][A-Z0-9]{6}$/.test(plate)) return "green";
  if (/^[\u4e00-\u9fff][A-Z][A-Z0-9]{0,5}/.test(plate)) return "blue";
  if (/^([가-힣]{2})?\d{2,3}[바사아자배]\d{0,4}$/.test(plate)) return "yellow";
  return "white";
}
