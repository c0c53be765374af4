internal import ControlPlane
internal import Digest
internal import Foundation

/// The directory in which the migrations stand.
struct MigrationDirectory {
    let path: String

    /// The migrations in order.
    ///
    /// - Throws: ``ControlPlane/StorageFailure`` with the code `migration` for a file whose name does not have the form,
    ///   for a number that is missing or stands twice, and when there is no migration at all.
    func migrations() throws(StorageFailure) -> [Migration] {
        var names: [Int64: String] = [:]
        for name in try self.fileNames() {
            guard let number = Migration.number(of: name) else {
                throw self.failure(
                    "\(name) is not the name of a migration", cure: "Rename it: \(Migration.namePattern)")
            }
            if let other = names[number] {
                throw self.failure(
                    "\(other) and \(name) have the same number", cure: "Give the later one the next number")
            }
            names[number] = name
        }
        guard !names.isEmpty else {
            throw self.failure(
                "there are no migrations here", cure: "Set SIGNALBOX_MIGRATIONS_DIR to the project's migrations/ folder"
            )
        }
        var migrations: [Migration] = []
        for number in 1...Int64(names.count) {
            guard let name = names[number] else {
                throw self.failure(
                    "migration \(Self.padded(number)) is missing, but there is a later one",
                    cure: "Restore the file, as by git checkout")
            }
            migrations.append(try self.migration(number, name))
        }
        return migrations
    }

    private func fileNames() throws(StorageFailure) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: self.path).filter {
                $0.lowercased().hasSuffix(".sql")
            }.sorted()
        } catch {
            throw self.failure(
                "the directory of the migrations cannot be read: \(error.localizedDescription)",
                cure: "Set SIGNALBOX_MIGRATIONS_DIR to the project's migrations/ folder")
        }
    }

    private func migration(_ number: Int64, _ name: String) throws(StorageFailure) -> Migration {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: self.path).appendingPathComponent(name))
        } catch {
            throw self.failure("\(name) cannot be read: \(error.localizedDescription)", cure: "Make it readable")
        }
        guard let sql = String(validating: data, as: UTF8.self) else {
            throw self.failure("\(name) is not UTF-8", cure: "Restore the file, as by git checkout")
        }
        return Migration(number: number, name: name, sql: sql, checksum: Hexadecimal.encode(SHA256.hash(data)))
    }

    private func failure(_ message: String, cure: String) -> StorageFailure {
        StorageFailure(.migration, message, at: self.path, cure: cure)
    }

    /// A migration's number as file names spell it.
    static func padded(_ number: Int64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
