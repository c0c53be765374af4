internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import FoundationEssentials

/// The files of the environments' folder: what an environment starts with that is not in the database yet.
struct EnvironmentFiles: Sendable {
    /// A file and what it declares.
    struct Declaration: Sendable {
        var path: String
        var document: EnvironmentDocument
    }

    /// The declarations, by file name.
    let declarations: [Declaration]

    /// Reads all files of `directory` that end in `.yaml` or `.yml`.
    ///
    /// - Throws: ``ConfigurationError`` naming each file that is wrong, and the place in it.
    init(directory: String, files: any FileReading) throws(ConfigurationError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            throw ConfigurationError(
                Setting.environmentsDirectory.variable,
                "the folder \(directory) cannot be read; name the folder that holds the environments' YAML files")
        }
        var declarations: [Declaration] = []
        var issues: [ConfigurationError.Issue] = []
        for name in names.sorted() where name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
            let path = directory + "/" + name
            do {
                let document = try EnvironmentDocument(json: try YAMLDocument.parse(try files.readText(path)))
                if let other = declarations.first(where: { $0.document.name == document.name }) {
                    issues.append(.init(path, "declares \(document.name), which \(other.path) declares already"))
                }
                declarations.append(Declaration(path: path, document: document))
            } catch let error as InvalidDocument {
                issues += error.issues.map { .init(path, $0.description) }
            } catch {
                // Syntax errors name line and column, file failures the path.
                issues.append(.init(path, "\(error)"))
            }
        }
        guard issues.isEmpty else { throw ConfigurationError(issues) }
        self.declarations = declarations
    }

    /// Makes sure that there is an environment `name`, once those that are declared are made.
    ///
    /// - Parameter known: The environments that are in the database.
    /// - Throws: ``ConfigurationError`` with the nearest name.
    func requireEnvironment(_ name: EnvironmentName, known: [EnvironmentName]) throws(ConfigurationError) {
        let all = Set(known + self.declarations.map(\.document.name))
        guard !all.contains(name) else { return }
        let names = all.map(\.description).sorted()
        let hint = NearestName.suggestion(for: name.description, among: names).map { "did you mean \($0)? " } ?? ""
        throw ConfigurationError(
            Setting.runtimeEnvironment.variable,
            "there is no environment \(name); \(hint)There are: \(names.joined(separator: ", ")). "
                + "Name one of them, or declare \(name) in a file of \(Setting.environmentsDirectory.variable)")
    }

    /// Makes those environments that are not there yet. Either all of them can be made, or none is.
    ///
    /// - Returns: The names of the environments that were made.
    /// - Throws: ``ConfigurationError`` naming each file that was refused, or the storage's `ControlPlaneError`.
    func apply(to plane: ControlPlane) async throws -> [EnvironmentName] {
        let known = Set(plane.environments.map(\.name))
        let new = self.declarations.filter { !known.contains($0.document.name) }
        for dryRun in [true, false] {
            var issues: [ConfigurationError.Issue] = []
            for declaration in new {
                do throws(ControlPlaneError) {
                    _ = try await plane.apply(
                        declaration.document, reason: "declared in \(declaration.path)", by: .system, dryRun: dryRun)
                } catch .storage(let failure) {
                    throw ControlPlaneError.storage(failure)
                } catch {
                    issues.append(.init(declaration.path, error.description))
                }
            }
            guard issues.isEmpty else { throw ConfigurationError(issues) }
        }
        return new.map(\.document.name)
    }
}
