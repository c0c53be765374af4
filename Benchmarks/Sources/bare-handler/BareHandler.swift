import Foundation
import Hummingbird

/// What the server library alone can do: reads the body, answers a JSON text of the size of a new ticket or an evaluation.
@main
struct BareHandler {
    static func main() async throws {
        let answer = ByteBuffer(
            string:
                #"{"created_at":1700000000.123,"expires_at":1700000030.123,"permissions":["chat:read","chat:write"],"#
                + #""single_use":true,"ticket_id":"0123456789012345678901234567890123456789012","ttl_seconds":30,"#
                + #""websocket_url":"ws://127.0.0.1:8080/ws"}"#)
        let router = Router()
        router.post("/websocket/ticket") { request, _ in
            _ = try await request.body.collect(upTo: 65_536)
            return Response(
                status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: answer))
        }
        let evaluation = ByteBuffer(
            string: #"{"key":"NEW_CHECKOUT","reason":"SPLIT","value":true,"variant":"on","metadata":{"team":"web"}}"#)
        router.post("/ofrep/v1/evaluate/flags/{key}") { request, _ in
            _ = try await request.body.collect(upTo: 65_536)
            return Response(
                status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: evaluation))
        }
        let app = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                print("listening on port \(channel.localAddress?.port ?? 0)")
                fflush(nil)
            })
        try await app.runService()
    }
}
