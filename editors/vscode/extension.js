// Starts `ost lsp` for Markdown files. Everything else is the server's.
const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = async () => {
  const command = workspace.getConfiguration("ost").get("path", "ost");
  client = new LanguageClient(
    "ost",
    "Opportunity solution trees",
    { command, args: ["lsp"] },
    { documentSelector: [{ scheme: "file", language: "markdown" }] },
  );
  await client.start();
};

exports.deactivate = () => client?.stop();
