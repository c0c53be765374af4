import Foundation
import Testing

@testable import flagctl

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite("HTTP over sockets fails in words, and in time")
struct HTTPTransportTests {
    /// A socket that listens and never answers: the kernel takes the connection, nobody takes the request.
    private final class SilentServer: Sendable {
        let descriptor: Int32
        let port: UInt16

        init() throws {
            self.descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let port = withUnsafeMutablePointer(to: &address) { [descriptor] pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> Int32 in
                    guard bind(descriptor, pointer, length) == 0, listen(descriptor, 8) == 0 else { return -1 }
                    return getsockname(descriptor, pointer, &length)
                }
            }
            try #require(port == 0)
            self.port = UInt16(bigEndian: address.sin_port)
        }

        deinit { close(self.descriptor) }

        /// Takes one connection, waits for a request's end, and answers with these bytes.
        func answer(_ text: String) {
            let connection = accept(self.descriptor, nil, nil)
            defer { close(connection) }
            var received: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 4096)
            while !received.suffix(4).elementsEqual("\r\n\r\n".utf8) {
                let count = read(connection, &chunk, chunk.count)
                guard count > 0 else { return }
                received += chunk[..<count]
            }
            _ = write(connection, text, text.utf8.count)
        }
    }

    /// Sends a request to a server that answers it with these bytes.
    private func exchange(_ text: String) async throws -> Result<TransportResponse, TransportError> {
        let server = try SilentServer()
        let thread = Thread { server.answer(text) }
        thread.start()
        do throws(TransportError) {
            return .success(try await HTTPTransport().send(self.request(server.port, timeout: .seconds(60))))
        } catch {
            return .failure(error)
        }
    }

    @Test("An answer is handed out with status, lower-case header names and body")
    func answer() async throws {
        let response = try await self.exchange(
            "HTTP/1.1 404 Not Found\r\nRetry-After: 3\r\nContent-Length: 5\r\n\r\nhello"
        ).get()
        #expect(response.status == 404)
        #expect(response.headers["retry-after"] == "3")
        #expect(response.body == Array("hello".utf8))
    }

    @Test("A redirect is not followed: the token stays with the server that was named")
    func redirect() async throws {
        let response = try await self.exchange(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
        ).get()
        #expect(response.status == 302)
    }

    @Test(
        "An answer that is cut off is no answer",
        arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel", "SSH-2.0"])
    func cutOff(text: String) async throws {
        guard case .failure(.unreachable) = try await self.exchange(text) else {
            Issue.record("expected a failure")
            return
        }
    }

    private func request(_ port: UInt16, timeout: Duration) -> TransportRequest {
        TransportRequest(
            method: "GET", url: "http://127.0.0.1:\(port)/healthz", headers: [], timeout: timeout)
    }

    @Test("Where nobody listens it says so at once, in the system's words")
    func refused() async throws {
        let port = try SilentServer().port
        let error = await #expect(throws: TransportError.self) {
            try await HTTPTransport().send(self.request(port, timeout: .seconds(60)))
        }
        #expect(error == .unreachable("connection refused"))
    }

    @Test("A server that never answers is given up after the time allowed")
    func silent() async throws {
        let server = try SilentServer()
        let error = await #expect(throws: TransportError.self) {
            try await HTTPTransport().send(self.request(server.port, timeout: .milliseconds(100)))
        }
        #expect(error == .timedOut)
    }

    @Test("A time-out is status 6, and says that a change may have been made")
    func status() async throws {
        let server = try SilentServer()
        let console = MemoryConsole()
        let surroundings = Surroundings(
            environment: ["FLAGCTL_SERVER": "http://127.0.0.1:\(server.port)"], console: console,
            transport: HTTPTransport(), now: { Run.now })
        let status = await Surroundings.$current.withValue(surroundings) {
            await Flagctl.run(["kill", "development", "X", "--reason", "r", "--timeout", "0.1"])
        }
        #expect(status == .timedOut)
        #expect(console.errors.contains("did not answer within 100 ms"))
        #expect(console.errors.contains("a change may have been made all the same"))
    }
}
