/// Types that cost nothing by themselves: settings, rights, routes, and parts of what other resources are priced by.
///
/// Facts from Infracost's lists (Apache-2.0, commit 95ba4f49), in a form of our own. Types that they call free and that have a model here are priced.
enum FreeTypes {
    private static let all: Set<Substring> = {
        func words(_ text: String, _ prefix: String) -> [Substring] {
            text.split { $0 == " " || $0 == "\n" }.map { Substring(prefix + $0) }
        }
        return Set(words(aws, "aws_") + words(azurerm, "azurerm_") + words(google, "google_") + words(others, "") + words(settings, ""))
    }()

    static func contains(_ type: String) -> Bool {
        all.contains(Substring(type)) || type.hasPrefix("google_") && rights.contains(where: type.hasSuffix)
    }
}
