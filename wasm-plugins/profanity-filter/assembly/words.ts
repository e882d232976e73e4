import { Text, fold, isBlank, isWord } from "./text";

const BUCKETS = 64;
/** No code point. */
const NOTHING: u32 = u32.MAX_VALUE;

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

  /** Whether a listed word may begin with a code point; false is certain. */
  mayBeginWith(point: u32): bool {
    return unchecked(this.heads[fold(point) % BUCKETS]) != 0;
  }

  /** After the longest listed word that stands at an address and ends there; 0 when none does. `first` is the code point there. */
  longestAt(text: Text, address: usize, first: u32, afterFirst: usize): usize {
    const start = fold(first);
    let word = unchecked(this.heads[start % BUCKETS]);
    if (word == 0) return 0;
    const second = afterFirst < text.end ? fold(text.at(afterFirst)) : NOTHING;
    let longest: usize = 0;
    while (word != 0) {
      const index = word - 1;
      const from = unchecked(this.starts[index]);
      const end = this.endOf(index);
      // Most candidates differ in their second character.
      if (unchecked(this.points[from]) == start && (from + 1 == end || unchecked(this.points[from + 1]) == second)) {
        longest = max(longest, this.afterWord(text, afterFirst, from + 1, end));
      }
      word = unchecked(this.next[index]);
    }
    return longest;
  }

  private endOf(word: i32): i32 {
    return word + 1 < this.starts.length ? unchecked(this.starts[word + 1]) : this.points.length;
  }

  /** After the rest of a word, when it stands at an address and nothing goes on behind it; else 0. */
  private afterWord(text: Text, address: usize, from: i32, end: i32): usize {
    for (let i = from; i < end; i++) {
      if (address >= text.end || fold(text.at(address)) != unchecked(this.points[i])) return 0;
      address = text.after;
    }
    const goesOn = address < text.end && isWord(unchecked(this.points[end - 1])) && isWord(text.at(address));
    return goesOn ? 0 : address;
  }
}
