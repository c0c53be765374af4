/// One step in the life of the database's layout: a file of plain SQL.
struct Migration: Sendable, Hashable {
    /// Its number: 1, 2, 3, … without gaps.
    var number: Int64
    /// The file's name.
    var name: String
    /// The SQL.
    var sql: String
    /// SHA-256 of the file, in hexadecimal.
    var checksum: String

    /// The form of a file's name, as a person reads it.
    static let namePattern = "four digits, an underscore, and then a-z, 0-9 or _, as in 0002_segments.sql"

    /// The number that a file's name begins with; nil: it does not have the form.
    static func number(of name: String) -> Int64? {
        guard name.hasSuffix(".sql") else { return nil }
        let stem = name.utf8.dropLast(4)
        let digits = stem.prefix(4)
        let words = stem.dropFirst(5)
        let isWord: (UInt8) -> Bool = { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
            default: false
            }
        }
        guard digits.count == 4, stem.dropFirst(4).first == UInt8(ascii: "_"), !words.isEmpty,
            words.allSatisfy(isWord), digits.allSatisfy({ isWord($0) && $0 <= UInt8(ascii: "9") })
        else { return nil }
        return Int64(String(decoding: digits, as: UTF8.self))
    }
}
