// Files that come packed by LZMA, a quarter smaller than a host packs them by gzip. Browsers
// know only gzip, so this is the whole of it. The names are those of the format's description.

/** The bytes that were packed: a header of 13 bytes, and the code after it. */
function unpack(packed) {
  const [properties] = packed;
  const contextBits = properties % 9;
  const positionMask = (1 << (((properties / 9) | 0) % 5)) - 1;
  const stateMask = (1 << ((properties / 45) | 0)) - 1;
  const out = new Uint8Array(new DataView(packed.buffer, packed.byteOffset).getUint32(5, true));
  const odds = (many) => new Uint16Array(many).fill(1024);

  // The coder: [range, code], kept in an array so that both stay plain 32 bits.
  const coder = new Uint32Array([0xffffffff, new DataView(packed.buffer, packed.byteOffset).getUint32(14)]);
  let from = 18;
  const more = () => {
    if (coder[0] < 0x1000000) {
      coder[0] <<= 8;
      coder[1] = (coder[1] << 8) | packed[from++];
    }
  };
  const bit = (odds, at) => {
    const bound = Math.imul(coder[0] >>> 11, odds[at]) >>> 0;
    const is = coder[1] < bound ? 0 : 1;
    if (is) {
      coder[0] -= bound;
      coder[1] -= bound;
      odds[at] -= odds[at] >>> 5;
    } else {
      coder[0] = bound;
      odds[at] += (2048 - odds[at]) >>> 5;
    }
    more();
    return is;
  };
  const even = (bits) => {
    let value = 0;
    for (; bits > 0; bits--) {
      coder[0] >>>= 1;
      const is = coder[1] < coder[0] ? 0 : 1;
      if (is) coder[1] -= coder[0];
      value = (value << 1) | is;
      more();
    }
    return value;
  };
  const tree = (odds, from, bits) => {
    let node = 1;
    for (let left = bits; left > 0; left--) node = (node << 1) | bit(odds, from + node);
    return node - (1 << bits);
  };
  const backwards = (odds, from, bits) => {
    let node = 1;
    let value = 0;
    for (let at = 0; at < bits; at++) {
      const is = bit(odds, from + node);
      node = (node << 1) | is;
      value |= is << at;
    }
    return value;
  };
  const lengths = () => ({ choice: odds(2), low: odds(16 << 3), middle: odds(16 << 3), high: odds(256) });
  const length = ({ choice, low, middle, high }, part) => {
    if (!bit(choice, 0)) return 2 + tree(low, part << 3, 3);
    return bit(choice, 1) ? 18 + tree(high, 0, 8) : 10 + tree(middle, part << 3, 3);
  };

  const literals = odds(0x300 << (contextBits + ((properties / 9) | 0) % 5));
  const isMatch = odds(12 << 4);
  const isRep = odds(12);
  const isRep0 = odds(12);
  const isRep1 = odds(12);
  const isRep2 = odds(12);
  const isRep0Long = odds(12 << 4);
  const slots = odds(4 << 6);
  const special = odds(128);
  const align = odds(16);
  const matched = lengths();
  const repeated = lengths();

  let state = 0;
  let reps = [0, 0, 0, 0];
  let to = 0;
  while (to < out.length) {
    const part = to & stateMask;
    if (!bit(isMatch, (state << 4) + part)) {
      const before = to > 0 ? out[to - 1] : 0;
      const base = 0x300 * (((to & positionMask) << contextBits) + (before >> (8 - contextBits)));
      let symbol = 1;
      if (state >= 7) {
        let match = out[to - reps[0] - 1];
        do {
          const likely = (match >> 7) & 1;
          match <<= 1;
          const is = bit(literals, base + ((1 + likely) << 8) + symbol);
          symbol = (symbol << 1) | is;
          if (is !== likely) break;
        } while (symbol < 0x100);
      }
      while (symbol < 0x100) symbol = (symbol << 1) | bit(literals, base + symbol);
      out[to++] = symbol;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let many;
    if (bit(isRep, state)) {
      if (!bit(isRep0, state)) {
        if (!bit(isRep0Long, (state << 4) + part)) {
          state = state < 7 ? 9 : 11;
          out[to] = out[to - reps[0] - 1];
          to++;
          continue;
        }
      } else if (!bit(isRep1, state)) {
        reps = [reps[1], reps[0], reps[2], reps[3]];
      } else if (!bit(isRep2, state)) {
        reps = [reps[2], reps[0], reps[1], reps[3]];
      } else {
        reps = [reps[3], reps[0], reps[1], reps[2]];
      }
      many = length(repeated, part);
      state = state < 7 ? 8 : 11;
    } else {
      many = length(matched, part);
      state = state < 7 ? 7 : 10;
      const slot = tree(slots, Math.min(many - 2, 3) << 6, 6);
      let distance = slot;
      if (slot >= 4) {
        const bits = (slot >> 1) - 1;
        distance = (2 | (slot & 1)) << bits;
        if (slot < 14) distance += backwards(special, distance - slot, bits);
        else distance += (even(bits - 4) << 4) + backwards(align, 0, 4);
      }
      reps = [distance, reps[0], reps[1], reps[2]];
    }
    if (reps[0] >= to || to + many > out.length) throw new Error("a packed file is damaged");
    for (const end = to + many; to < end; to++) out[to] = out[to - reps[0] - 1];
  }
  return out;
}
