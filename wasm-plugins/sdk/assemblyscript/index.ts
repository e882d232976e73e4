export { abort } from "./abort";
export * from "./call";
export * from "./endpoint";
export * from "./functions";
export * from "./hook";
export * from "./host";
export * from "./json";
