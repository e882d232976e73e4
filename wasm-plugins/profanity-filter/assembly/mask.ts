import { Bytes } from "./bytes";
import { afterString, isName } from "./json";
import { Text, isBlank, isWord } from "./text";
import { WordList } from "./words";

/** Puts a mask in the place of listed words, a mask for each of their characters. All else is copied byte by byte. */
export class Masker {
  /** Whether anything was masked. */
  changed: bool = false;

  constructor(
    readonly words: WordList,
    readonly mask: u32,
    readonly out: Bytes,
  ) {}

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
    while (address < text.end) {
      const wordEnd = this.words.longestAt(text, address, insideWord);
      if (wordEnd != 0) {
        this.out.copy(copied, address);
        insideWord = this.maskWord(text, address, wordEnd);
        copied = wordEnd;
        address = wordEnd;
      } else {
        insideWord = isWord(text.at(address));
        address = text.after;
      }
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
