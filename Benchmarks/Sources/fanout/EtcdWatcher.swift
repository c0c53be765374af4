import Foundation
import NIOCore

/// Reads etcd's watch over its HTTP gateway: a JSON text each line.
struct EtcdWatcher: Subscriber {
    static let separator = "\n"

    private struct Answer: Decodable {
        struct Result: Decodable {
            struct Event: Decodable {
                struct Pair: Decodable { var value: String }
                var kv: Pair
            }
            var created: Bool?
            var events: [Event]?
        }
        var result: Result
    }

    mutating func receive(_ message: ByteBuffer) throws -> Int? {
        let answer = try JSONDecoder().decode(Answer.self, from: Data(message.readableBytesView))
        if answer.result.created == true { return 0 }
        guard let value = answer.result.events?.last?.kv.value, let data = Data(base64Encoded: value) else {
            return nil
        }
        return String(decoding: data, as: UTF8.self).split(separator: " ").first.flatMap { Int($0) }
    }
}
