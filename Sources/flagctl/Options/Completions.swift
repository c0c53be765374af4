import FlagAPI
import FlagModel

/// Names for the shell to offer when somebody presses the tabulator key. Whatever fails, there is just nothing to offer.
enum Completions {
    /// The contexts of the configuration.
    static func contexts() -> [String] {
        let configuration = try? ConfigurationStore(Surroundings.current).load()
        return configuration?.contexts.keys.sorted() ?? []
    }

    /// The environments that the server has.
    static func environments() async -> [String] {
        guard let api = Self.api, let list = try? await api.environments() else { return [] }
        return list.environments.map(\.name.text)
    }

    /// The flags of the environment that the word before names.
    static func flags(_ words: [String], _ index: Int) async -> [String] {
        guard index > 0, index <= words.count, EnvironmentName.isValid(words[index - 1]), let api = Self.api,
            let list = try? await api.flags(EnvironmentName(unchecked: words[index - 1]))
        else { return [] }
        return list.flags.keys.sorted()
    }

    /// The segments of the environment that the word before names.
    static func segments(_ words: [String], _ index: Int) async -> [String] {
        guard index > 0, index <= words.count, EnvironmentName.isValid(words[index - 1]), let api = Self.api,
            let list = try? await api.segments(EnvironmentName(unchecked: words[index - 1]))
        else { return [] }
        return list.segments.map(\.name.text)
    }

    private static var api: APIClient? {
        // Whoever presses a key does not want to wait for a server that is away.
        try? Session(Surroundings.current).api(ConnectionSelection(timeout: .seconds(1)))
    }
}
