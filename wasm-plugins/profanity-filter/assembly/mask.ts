import { Bytes } from "./bytes";
import { afterString, isName } from "./json";
import { Text, isBlank, isWord } from "./text";
import { WordList } from "./words";

// What is known of an ASCII character before anything is compared.
const LETTER: u8 = 1;
const LOOK_CLOSER: u8 = 2;

/** Puts a mask in the place of listed words, a mask for each of their characters. All else is copied byte by byte. */
export class Masker {
  /** Whether anything was masked. */
  changed: bool = false;
  private kinds: StaticArray<u8> = new StaticArray<u8>(0x80);

  constructor(
    readonly words: WordList,
    readonly mask: u32,
    readonly out: Bytes,
  ) {
    for (let c: u32 = 0; c < 0x80; c++) {
      const letter = isWord(c) ? LETTER : 0;
      const close = words.mayBeginWith(c) || c == 0x5c ? LOOK_CLOSER : 0;
      unchecked((this.kinds[c] = letter | close));
    }
  }

  /** Masks within every string of a JSON value; the names of members stay. */
  maskValue(start: usize, end: usize): void {
    let copied = start;
    let address = start;
    while (address < end) {
      if (load<u8>(address) != 0x22) {
        address++;
        continue;
      }
      const stringEnd = afterString(address, end);
      if (!isName(stringEnd, end)) {
        this.out.copy(copied, address + 1);
        this.maskText(new Text(address + 1, stringEnd - 1, true));
        copied = stringEnd - 1;
      }
      address = stringEnd;
    }
    this.out.copy(copied, end);
  }

  maskText(text: Text): void {
    let copied = text.start;
    let address = text.start;
    let insideWord = false;
    const end = text.end;
    const kinds = this.kinds;
    while (address < end) {
      const byte: u32 = load<u8>(address);
      if (byte < 0x80) {
        // Most of a text: letters within a word, and what no listed word begins with.
        const kind = unchecked(kinds[byte]);
        if (kind < LOOK_CLOSER || (kind != LOOK_CLOSER && insideWord)) {
          insideWord = (kind & LETTER) != 0;
          address++;
          continue;
        }
      }
      const point = text.at(address);
      const next = text.after;
      const letter = isWord(point);
      const wordEnd = insideWord && letter ? 0 : this.words.longestAt(text, address, point, next);
      if (wordEnd == 0) {
        insideWord = letter;
        address = next;
        continue;
      }
      this.out.copy(copied, address);
      insideWord = this.maskWord(text, address, wordEnd);
      copied = wordEnd;
      address = wordEnd;
    }
    this.out.copy(copied, text.end);
  }

  /** Answers whether the word ended with a letter. */
  private maskWord(text: Text, address: usize, end: usize): bool {
    let letter = false;
    while (address < end) {
      const point = text.at(address);
      this.out.point(isBlank(point) ? point : this.mask, text.json);
      letter = isWord(point);
      address = text.after;
    }
    this.changed = true;
    return letter;
  }
}
