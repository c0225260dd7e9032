// Sends one event in each mode with the CloudEvents SDK, twice, and prints what came back.
const { CloudEvent, HTTP } = require("cloudevents");

const { url, token, release } = JSON.parse(require("fs").readFileSync(0, "utf8"));

const time = new Date().toISOString(); // else each event would have its own, and be another one

async function post(message, contentType) {
  const headers = { ...message.headers, authorization: `Bearer ${token}` };
  if (contentType) headers["content-type"] = contentType;
  const answer = await fetch(url, { method: "POST", headers, body: typeof message.body === "string" ? message.body : JSON.stringify(message.body) });
  return { status: answer.status, body: await answer.json() };
}

(async () => {
  const event = (id) => new CloudEvent({
    id, time, source: "/javascript", type: "com.example.built", subject: "shop", ledgerrelease: release, datacontenttype: "application/json", data: { digest: "sha256:0", note: "größer als €1" },
  });
  const seen = [];
  for (const [mode, id] of [["binary", "js-1"], ["structured", "js-2"], ["structured", "js-1"]]) seen.push(await post(HTTP[mode](event(id))));
  const batch = [event("js-3"), event("js-2")].map((one) => JSON.parse(HTTP.structured(one).body));
  seen.push(await post({ headers: {}, body: batch }, "application/cloudevents-batch+json"));
  console.log(JSON.stringify(seen));
})();
