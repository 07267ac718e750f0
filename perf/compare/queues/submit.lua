-- Posts one URL that nobody posted before; the last line of the output is JSON. wrk ... -- TOKEN
local threads = 0

function setup(thread)
   threads = threads + 1
   thread:set("number", threads)
end

function init(args)
   token, count = args[1], 0
   wrk.method = "POST"
   wrk.headers["Content-Type"] = "application/json"
end

function request()
   count = count + 1
   local body = string.format('{"urls":["https://h%d.example/%s/%d/%d"]}', count % 10000, token, number, count)
   return wrk.format(nil, nil, nil, body)
end

function done(summary, latency)
   local e = summary.errors
   io.write(string.format(
      '{"requests":%d,"seconds":%.6f,"refused":%d,"broken":%d,"p50":%.3f,"p99":%.3f}\n',
      summary.requests, summary.duration / 1e6, e.status, e.connect + e.read + e.write + e.timeout,
      latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
