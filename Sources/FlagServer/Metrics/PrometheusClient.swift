internal import AsyncHTTPClient
internal import ControlPlane
internal import FlagModel
internal import NIOCore
internal import NIOHTTP1

/// Asks a Prometheus for the value of a query now.
struct PrometheusClient: Sendable {
    /// How long an answer may take.
    static let timeout = TimeAmount.seconds(3)
    /// The largest answer that is read, in bytes.
    private static let longestAnswer = 1 << 20

    let http: HTTPClient
    let address: PrometheusAddress
    let now: @Sendable () -> Timestamp

    /// The answer to a query; what went wrong is one as well.
    func ask(_ query: String) async -> QueryAnswer {
        var request = HTTPClientRequest(url: "\(self.address)/api/v1/query")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        request.headers.add(name: "Accept", value: "application/json")
        request.body = .bytes(ByteBuffer(string: "query=\(Self.encoded(query))&timeout=3s"))
        let askedAt = self.now()
        let status: UInt
        let body: ByteBuffer
        do {
            let response = try await self.http.execute(request, timeout: Self.timeout)
            status = response.status.code
            body = try await response.body.collect(upTo: Self.longestAnswer)
        } catch {
            return .nothing("Prometheus does not answer")
        }
        return Self.answer(status: status, Array(buffer: body), at: askedAt)
    }

    /// What an answer of Prometheus says: a number, or the one number of a vector.
    static func answer(status: UInt, _ body: [UInt8], at askedAt: Timestamp) -> QueryAnswer {
        guard let json = try? JSONParser.parse(body) else {
            return .nothing("Prometheus answers with status \(status), and not with JSON")
        }
        guard status == 200, let data = json["data"] else {
            return .nothing("Prometheus refuses the query: \((json["error"]?.stringValue ?? "").shortened(to: 200))")
        }
        let samples: [JSONValue?]
        switch data["resultType"]?.stringValue {
        case "scalar": samples = [data["result"]]
        case "vector": samples = data["result"]?.arrayValue?.map { sample in sample["value"] } ?? []
        default: return .nothing("the query's answer is neither a number nor a vector")
        }
        guard samples.count == 1 else {
            return .nothing(samples.isEmpty ? "the answer is empty" : "the answer has \(samples.count) series, not one")
        }
        guard let text = samples[0]?.arrayValue?.last?.stringValue, let value = Double(text), !value.isNaN else {
            return .nothing("the answer is not a number")
        }
        return .value(value, at: askedAt)
    }

    private static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }
}
