import { Text, fold, isBlank, isWord } from "./text";

const BUCKETS = 64;

/** The listed words and phrases, found by their first code point; case does not matter. */
export class WordList {
  /** The folded code points of all words, one word after another. */
  private points: Array<u32> = [];
  private starts: Array<i32> = [];
  /** The next word of the same bucket, plus one; 0 for none. */
  private next: Array<i32> = [];
  private heads: StaticArray<i32> = new StaticArray<i32>(BUCKETS);

  /** Adds the words of a text that separates them by commas. */
  addAll(text: Text): void {
    let from = text.start;
    let address = text.start;
    while (address < text.end) {
      const point = text.at(address);
      if (point == 0x2c) {
        this.add(new Text(from, address, text.json));
        from = text.after;
      }
      address = text.after;
    }
    this.add(new Text(from, text.end, text.json));
  }

  /** Adds one word, without the blanks around it; an empty one is passed over. */
  add(text: Text): void {
    const start = this.points.length;
    let kept = start;
    let address = text.start;
    while (address < text.end) {
      const point = fold(text.at(address));
      address = text.after;
      if (isBlank(point) && this.points.length == start) continue;
      this.points.push(point);
      if (!isBlank(point)) kept = this.points.length;
    }
    this.points.length = kept;
    if (kept == start) return;
    const bucket = this.points[start] % BUCKETS;
    this.starts.push(start);
    this.next.push(this.heads[bucket]);
    this.heads[bucket] = this.starts.length;
  }

  /** After the longest listed word that stands at an address, on its own; 0 when none does. `insideWord`: a word's letter stands before. */
  longestAt(text: Text, address: usize, insideWord: bool): usize {
    const first = fold(text.at(address));
    if (insideWord && isWord(first)) return 0;
    let longest: usize = 0;
    for (let word = this.heads[first % BUCKETS]; word != 0; word = this.next[word - 1]) {
      longest = max(longest, this.afterWord(text, address, word - 1));
    }
    return longest;
  }

  private afterWord(text: Text, address: usize, word: i32): usize {
    const end = word + 1 < this.starts.length ? this.starts[word + 1] : this.points.length;
    for (let i = this.starts[word]; i < end; i++) {
      if (address >= text.end || fold(text.at(address)) != this.points[i]) return 0;
      address = text.after;
    }
    const goesOn = address < text.end && isWord(this.points[end - 1]) && isWord(text.at(address));
    return goesOn ? 0 : address;
  }
}
