/* Cards in JupyterLab's launcher that open tmjkit's pages.
 *
 * JupyterLab loads an extension as a container of webpack's module federation: an object with
 * `init`, which is given the modules that everybody shares, and `get`, which hands out the
 * extension. That is little enough to be written by hand, so nothing here is built or bundled.
 */
"use strict";

(() => {
  const HERE = new URL(".", document.currentScript.src);
  const FOLDER = "tmjkit";
  const ICON =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">' +
    '<rect x="3" y="3" width="18" height="18" rx="3" fill="#0b6570"/>' +
    '<path d="M7 8h10M7 12h10M7 16h6" stroke="#fff" stroke-width="2" stroke-linecap="round"/></svg>';
  let shelf;

  async function shared(name) {
    const versions = Object.values(shelf[name]);
    const chosen = versions.find((one) => one.loaded) || versions[0];
    return (await chosen.get())();
  }

  async function read(file) {
    const answer = await fetch(new URL(file, HERE));
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
    return answer.json();
  }

  const sources = (notebook) =>
    JSON.stringify(notebook.cells.map((cell) => [].concat(cell.source).join("")));

  async function folders(contents, path) {
    const parts = path.split("/").slice(0, -1);
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const folder = parts.slice(0, depth).join("/");
      try {
        await contents.get(folder, { content: false });
      } catch (error) {
        if (error.response?.status !== 404) throw error;
        await contents.save(folder, { type: "directory" });
      }
    }
  }

  /* Put a copy where it can be edited, unless one is there; tell whether it is ours unchanged. */
  async function place(contents, file) {
    const path = `${FOLDER}/${file}`;
    const ours = await read(`notebooks/${file}`);
    try {
      const there = await contents.get(path, { type: "notebook", content: true });
      return { path, unchanged: sources(there.content) === sources(ours) };
    } catch (error) {
      if (error.response?.status !== 404) throw error;
    }
    await folders(contents, path);
    await contents.save(path, { type: "notebook", format: "json", content: ours });
    return { path, unchanged: true };
  }

  /* Open a page and run it. A copy that somebody changed is opened only: its code is theirs. */
  async function open(app, file) {
    const { path, unchanged } = await place(app.serviceManager.contents, file);
    const panel = await app.commands.execute("docmanager:open", { path, factory: "Notebook" });
    await panel.context.ready;
    if (!unchanged) return;
    await panel.sessionContext.ready;
    app.shell.activateById(panel.id);
    await app.commands.execute("notebook:run-all-cells");
  }

  async function plugin() {
    const { ILauncher } = await shared("@jupyterlab/launcher");
    const { showErrorMessage } = await shared("@jupyterlab/apputils");
    const { LabIcon } = await shared("@jupyterlab/ui-components");
    const cards = await read("cards.json");
    return {
      id: "tmjkit:launcher",
      description: "Cards that open tmjkit's pages.",
      autoStart: true,
      requires: [ILauncher],
      activate(app, launcher) {
        const icon = new LabIcon({ name: "tmjkit:page", svgstr: ICON });
        cards.forEach(({ file, label, caption }, rank) => {
          const command = `tmjkit:open-${file}`;
          const execute = () =>
            open(app, file).catch((error) => showErrorMessage(`${label} can't be opened`, error));
          app.commands.addCommand(command, { label, caption, icon, execute });
          launcher.add({ command, category: "Insurance coverage (tmjkit)", rank });
        });
      },
    };
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB.tmjkit = {
    init(scope) {
      shelf = scope;
    },
    async get() {
      const made = await plugin();
      return () => ({ __esModule: true, default: made });
    },
  };
})();
