-- Asks for one release after another. Prints: requests/s, p50 and p99 in milliseconds, answers that were none.
local count = 1000
local asked = 0
local requests = {}
local query = "query R($id: ID!){release(id:$id){version gates{name status evidence{url sha256}} signOffs{role signer verified}}}"

function init()
  for i = 0, count - 1 do
    local body = string.format('{"query":"%s","variables":{"id":"r%03d"}}', query, i)
    requests[i] = wrk.format("POST", "/graphql", { ["Content-Type"] = "application/json", ["Accept"] = "application/json" }, body)
  end
end

function request()
  asked = (asked + 1) % count
  return requests[asked]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format("result %.1f %.3f %.3f %d", summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
