// Progress as a file: to keep, and to go on with on another device.
const FILE_KIND = "deckwright progress";
const FILE_VERSION = 1;

function progressFile(key, answers) {
  return JSON.stringify({ [FILE_KIND]: FILE_VERSION, key, answers });
}

/** What stands in a file: { answers }, or { error }, which is "file", "version" or "deck". */
function readProgress(text, key) {
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    return { error: "file" };
  }
  if (!read || !Array.isArray(read.answers) || !(FILE_KIND in read)) return { error: "file" };
  if (read[FILE_KIND] !== FILE_VERSION) return { error: "version" };
  if (read.key !== key) return { error: "deck" };
  return { answers: read.answers.filter(isAnswer) };
}
