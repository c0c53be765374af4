/// An environment at one revision: immutable, compiled for evaluation, with a digest that proves what it holds.
public struct Snapshot: Sendable {
    /// The environment.
    public let environment: EnvironmentName
    /// The revision: 1, 2, 3, …; 0 before the first commit.
    public let revision: Int64
    /// The flags and settings.
    public let content: EnvironmentContent
    /// SHA-256 over the canonical JSON of environment and content, in lower-case hexadecimal.
    ///
    /// The revision is not part of it: after a rollback the digest equals that of the revision that was restored, which
    /// is the proof that it was.
    public let digest: String

    private let compiled: CompiledContent
    private let spelling: ContentSpelling

    /// Compiles a content.
    public init(environment: EnvironmentName, revision: Int64, content: EnvironmentContent) {
        self.environment = environment
        self.revision = revision
        self.content = content
        self.compiled = CompiledContent(content)
        self.spelling = ContentSpelling(content)
        self.digest = self.spelling.digest(in: environment)
    }

    /// Compiles what has changed in a content since an older snapshot; the segments have not.
    init(
        revision: Int64, content: EnvironmentContent, changed: Set<FlagKey>, hasSameMembers: Bool, since older: Snapshot
    ) {
        self.environment = older.environment
        self.revision = revision
        self.content = content
        self.compiled = CompiledContent(content, changed: changed, since: older.compiled)
        self.spelling = ContentSpelling(
            content, changed: changed, hasSameMembers: hasSameMembers, since: older.spelling)
        self.digest = self.spelling.digest(in: older.environment)
    }

    /// The flag ready for evaluation, or nil when there is none of that key.
    public subscript(_ key: FlagKey) -> CompiledFlag? { self.compiled.flags[key] }

    /// All flags, sorted by key.
    public var flags: [CompiledFlag] { self.compiled.flags.values.sorted { $0.key < $1.key } }

    /// What the flag answers for `context`; an unknown flag is an answer as well (`FLAG_NOT_FOUND`).
    public func evaluate(
        _ key: FlagKey, for context: EvaluationContext, timestamp: Int64? = nil
    ) -> Evaluation {
        guard let flag = self.compiled.flags[key] else {
            return Evaluation(failure: .flagNotFound, "there is no flag \(key) in \(self.environment)")
        }
        return flag.evaluate(context, timestamp: timestamp)
    }

    /// ``json`` in canonical form (RFC 8785), without spelling anew what has been spelt for the digest.
    public var canonical: String {
        String(
            decoding: self.spelling.bytes(environment: self.environment, published: (self.revision, self.digest)),
            as: UTF8.self)
    }

    /// The snapshot as published: `environment`, `revision`, `digest`, `flags`, ….
    public var json: JSONValue {
        var members = self.content.json.objectValue ?? [:]
        members["environment"] = .string(self.environment.text)
        members["revision"] = .integer(self.revision)
        members["digest"] = .string(self.digest)
        return .object(members)
    }

    /// Reads the form that ``json`` writes.
    ///
    /// - Throws: ``InvalidDocument`` with every fault, among them a digest that is not the content's.
    public init(json: JSONValue) throws(InvalidDocument) {
        var reader = DocumentReader(json, at: "")
        let name = reader.require("environment", reader.string("environment"), "the environment's name")
        let revision = reader.require("revision", reader.integer("revision"), "the revision's number")
        let digest = reader.require("digest", reader.string("digest"), "the content's SHA-256")
        let content = EnvironmentContent(reading: &reader)
        reader.finish()
        if reader.issues.isEmpty { reader.add(content.issues) }
        guard reader.issues.isEmpty, let name, let revision, let digest else { throw InvalidDocument(reader.issues) }
        let environment: EnvironmentName
        do {
            environment = try EnvironmentName(parsing: name)
        } catch {
            throw InvalidDocument([Issue(path: "environment", message: error.description)])
        }
        self.init(environment: environment, revision: revision, content: content)
        guard self.digest == digest else {
            throw InvalidDocument([
                Issue(path: "digest", message: "does not match the content: \(digest) stated, \(self.digest) computed")
            ])
        }
    }

    /// The digest of a content in an environment.
    public static func digest(of content: EnvironmentContent, in environment: EnvironmentName) -> String {
        ContentSpelling(content).digest(in: environment)
    }
}
