// Keys made of names, as the server allows them.

/** "Größe (cm)" becomes groesse_cm or something alike; letters with no Latin form leave "attribute". */
export function keyOf(name: string, otherwise = 'attribute'): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ł/gi, 'l').replace(/ß/g, 'ss').toLowerCase();
  const key = plain.replace(/[^a-z0-9]+/g, '_').replace(/^[_0-9]+|_+$/g, '').slice(0, 40);
  return key || (name.trim() ? otherwise : '');
}
