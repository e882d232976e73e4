import { Config } from "@extism/as-pdk";
import { afterSpace, afterString, afterValue, isArray, isString, member } from "./json";
import { Text } from "./text";
import { WordList } from "./words";

const STAR: u32 = 0x2a;
const DEFAULT_WORDS =
  "arse,arsehole,ass,asshole,bastard,bitch,bollocks,bugger,bullshit,crap,crappy,cunt,damn,damned,dick,dickhead,fuck,fucked,fucker," +
  "fucking,goddamn,motherfucker,piss,pissed,prick,shit,shitty,slut,twat,wanker,whore";

/** The listed words: from the call's config, else from the plugin's, else our own. */
export function listedWords(config: usize, end: usize): WordList {
  const words = new WordList();
  const value = member(config, end, "words");
  if (isArray(value, end)) {
    addElements(words, value, end);
  } else if (isString(value, end)) {
    words.addAll(new Text(value + 1, afterString(value, end) - 1, true));
  } else {
    addConfigured(words);
  }
  return words;
}

/** The character that stands for each character of a word. */
export function maskCharacter(config: usize, end: usize): u32 {
  const value = member(config, end, "mask");
  if (isString(value, end)) {
    return firstOf(new Text(value + 1, afterString(value, end) - 1, true));
  }
  const configured = Config.getMemory("mask");
  if (configured === null) return STAR;
  const bytes = configured.toUint8Array();
  return firstOf(new Text(bytes.dataStart, bytes.dataStart + bytes.length, false));
}

function firstOf(text: Text): u32 {
  if (text.start == text.end) return STAR;
  const point = text.at(text.start);
  return (point & 0xfffff800) == 0xd800 ? STAR : point; // half of a surrogate pair is no character
}

/** Extism hands config over as text: an array as JSON, a string as it is. */
function addConfigured(words: WordList): void {
  const configured = Config.getMemory("words");
  const bytes = configured === null ? Uint8Array.wrap(String.UTF8.encode(DEFAULT_WORDS)) : configured.toUint8Array();
  const end = bytes.dataStart + bytes.length;
  const start = afterSpace(bytes.dataStart, end);
  if (isArray(start, end)) {
    addElements(words, start, end);
  } else {
    words.addAll(new Text(start, end, false));
  }
}

function addElements(words: WordList, array: usize, end: usize): void {
  let address = afterSpace(array + 1, end);
  while (address < end && load<u8>(address) != 0x5d) {
    const elementEnd = afterValue(address, end);
    if (elementEnd == 0) return;
    if (isString(address, end)) words.add(new Text(address + 1, elementEnd - 1, true));
    address = afterSpace(afterSpace(elementEnd, end) + 1, end);
  }
}
