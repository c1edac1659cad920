// The learner's answers in this browser. They are only ever added to, so that two tabs at once, or
// a tab that is killed, lose none. What cannot be read is set aside, and the page goes on.
const STORES = { answers: { keyPath: "id" }, settings: {}, aside: { autoIncrement: true } };
const MOST_DATABASES = 9;

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });

async function openDatabase(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    for (const [store, how] of Object.entries(STORES)) request.result.createObjectStore(store, how);
  };
  const database = await settled(request);
  try {
    await transact(database, Object.keys(STORES), "readonly", allOf); // it may open, and be broken
  } catch (error) {
    database.close();
    throw error;
  }
  database.onversionchange = () => database.close();
  return database;
}

/** Do something in one transaction, which is on the disk when this is done. */
function transact(database, stores, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(stores, mode, { durability: "strict" });
    const result = work(...stores.map((store) => transaction.objectStore(store)));
    transaction.oncomplete = () => resolve(result);
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
  });
}

/** Open what this browser holds of a deck; where it keeps nothing, answers live with the tab. */
async function openStore(key) {
  const store = new Store(`deckwright ${key}`);
  await store.open();
  return store;
}

class Store {
  /** `broken` counts databases that do not open; `unwritten` are answers that this tab alone has. */
  constructor(name) {
    Object.assign(this, { name, databases: [], broken: 0 });
    Object.assign(this, { unwritten: new Map(), hasFailed: false, unwrittenSettings: {} });
  }

  /** Whether answers outlive the tab. */
  get kept() {
    return this.databases.length > 0 && !this.hasFailed;
  }

  /** Open every database there is; where the last one does not open, begin one more. */
  async open() {
    const known = await this.known();
    for (let number = 1; number <= MOST_DATABASES; number += 1) {
      const name = number === 1 ? this.name : `${this.name} ${number}`;
      if (this.databases.length && !known.has(name)) continue;
      try {
        this.databases.push(await openDatabase(name));
      } catch {
        this.broken += 1;
      }
    }
  }

  async known() {
    try {
      return new Set((await indexedDB.databases()).map(({ name }) => name));
    } catch {
      return new Set();
    }
  }

  /** All answers, those of other tabs too; what is none of them goes aside, and is counted. */
  async answers() {
    for (const otherwise of [() => this.openAnew(), () => this.close()]) {
      try {
        return await this.read();
      } catch {
        await otherwise();
      }
    }
    return this.read();
  }

  async read() {
    const found = new Map();
    let aside = 0;
    for (const database of this.databases) {
      const read = (await transact(database, ["answers"], "readonly", allOf)).result;
      const odd = read.filter((each) => !isAnswer(each));
      if (odd.length) await setAside(database, odd);
      aside += odd.length;
      for (const each of read.filter(isAnswer)) merge(found, each);
    }
    for (const each of this.unwritten.values()) merge(found, each);
    return { answers: [...found.values()], aside };
  }

  /** A browser closes a database when it likes: open what there is now. */
  async openAnew() {
    this.close();
    this.broken = 0;
    await this.open();
  }

  close() {
    for (const database of this.databases) database.close();
    this.databases = [];
  }

  /** Write answers down, with those that could not be written before. */
  async write(answers) {
    for (const answer of answers) this.unwritten.set(answer.id, answer);
    const all = [...this.unwritten.values()];
    this.hasFailed = !(await this.put("answers", (store) => all.map((each) => store.put(each))));
    if (this.hasFailed) return;
    for (const each of all) {
      if (this.unwritten.get(each.id) === each) this.unwritten.delete(each.id);
    }
  }

  async settings() {
    const read = {};
    try {
      const request = await transact(this.databases.at(-1), ["settings"], "readonly", (store) =>
        store.get("settings"),
      );
      Object.assign(read, request.result);
    } catch {
      // none yet, or none that can be read: those of a new learner
    }
    return { ...read, ...this.unwrittenSettings };
  }

  async writeSettings(settings) {
    this.unwrittenSettings = settings;
    const isWritten = await this.put("settings", (store) => store.put(settings, "settings"));
    if (isWritten) this.unwrittenSettings = {};
  }

  async put(name, work) {
    for (let tries = 0; tries < 2; tries += 1) {
      try {
        await transact(this.databases.at(-1), [name], "readwrite", work);
        return true;
      } catch {
        if (tries === 0) await this.openAnew();
      }
    }
    return false;
  }
}

const allOf = (store) => store.getAll();

function setAside(database, odd) {
  return transact(database, ["answers", "aside"], "readwrite", (answers, aside) => {
    for (const each of odd) {
      aside.add(each);
      answers.delete(each.id);
    }
  });
}

/** Add an answer to those that are known; one that was undone anywhere is undone. */
function merge(found, answer) {
  const known = found.get(answer.id);
  if (!known || answer.undone) found.set(answer.id, answer);
}
