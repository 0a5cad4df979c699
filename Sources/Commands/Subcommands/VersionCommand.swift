extension Command {
    static let version = Command("version", "says which version this is") { _, console throws(CommandFailure) in
        try console.print("bursar \(Version.current)\n")
        return .clean
    }
}
