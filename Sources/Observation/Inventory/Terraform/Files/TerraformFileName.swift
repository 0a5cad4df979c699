import HCL

/// What Terraform and OpenTofu do with a file, by its name alone.
///
/// Both compare bytes. So do we: a `String` compares characters, and `x\u{600}.tf` does not end in the characters `.tf`.
struct TerraformFileName: Hashable, Sendable {
    enum Role: Hashable, Sendable {
        /// Read with the others of its folder.
        case code
        /// Read behind them: what it declares is merged into what they declare.
        case override
        /// Variables that are read without being asked for: `terraform.tfvars`, then that in JSON, then `*.auto.tfvars` of either syntax.
        case variables(rank: Int)
        /// Variables that are read only where somebody says so.
        case otherVariables
    }

    let role: Role
    let syntax: HCLFile.Syntax
    /// Whether only OpenTofu reads it.
    let isTofu: Bool

    /// Nil for a file that neither reads.
    ///
    /// - Parameter path: with `/`; the folders say nothing, except that `terraform init` put there what lies in
    ///     the modules, providers and plugins of a `.terraform`. What else lies in one, a commit brought.
    init?(_ path: String) {
        var path = path
        let found = path.withUTF8 { bytes -> (Role, HCLFile.Syntax, Bool)? in
            let parts = bytes.split(separator: UInt8(ascii: "/"))
            guard let name = parts.last, !Self.isInstalled(parts.dropLast().map { Bytes($0) }) else { return nil }
            return Self.read(Bytes(name))
        }
        guard let found else { return nil }
        (role, syntax, isTofu) = found
    }

    private static func isInstalled(_ folders: [Bytes]) -> Bool {
        zip(folders, folders.dropFirst()).contains { folder, inner in
            folder.is(".terraform") && (inner.is("modules") || inner.is("providers") || inner.is("plugins"))
        }
    }

    private static func read(_ name: Bytes) -> (Role, HCLFile.Syntax, Bool)? {
        if let (stem, syntax, isTofu) = code(name) {
            // `IsIgnoredFile`: hidden files, and what vim and Emacs leave behind. Variable files are not asked.
            guard !name.starts(with: "."), !name.ends(with: "~"), !(name.starts(with: "#") && name.ends(with: "#")) else { return nil }
            return (stem.is("override") || stem.ends(with: "_override") ? .override : .code, syntax, isTofu)
        }
        if name.is("terraform.tfvars") { return (.variables(rank: 0), .native, false) }
        if name.is("terraform.tfvars.json") { return (.variables(rank: 1), .json, false) }
        if name.ends(with: ".auto.tfvars") { return (.variables(rank: 2), .native, false) }
        if name.ends(with: ".auto.tfvars.json") { return (.variables(rank: 2), .json, false) }
        if name.ends(with: ".tfvars") { return (.otherVariables, .native, false) }
        if name.ends(with: ".tfvars.json") { return (.otherVariables, .json, false) }
        return nil
    }

    private static func code(_ name: Bytes) -> (stem: Bytes, HCLFile.Syntax, isTofu: Bool)? {
        if let stem = name.dropping(".tf") { return (stem, .native, false) }
        if let stem = name.dropping(".tf.json") { return (stem, .json, false) }
        if let stem = name.dropping(".tofu") { return (stem, .native, true) }
        if let stem = name.dropping(".tofu.json") { return (stem, .json, true) }
        return nil
    }

    /// The path of the file that OpenTofu would read in the place of this one, were it there: `a.tofu` for `a.tf`.
    static func tofuAlternative(of path: String) -> String? {
        guard let name = TerraformFileName(path), !name.isTofu, name.role == .code || name.role == .override else { return nil }
        let ending = name.syntax == .json ? (".tf.json", ".tofu.json") : (".tf", ".tofu")
        return String(decoding: path.utf8.dropLast(ending.0.utf8.count), as: UTF8.self) + ending.1
    }
}

/// A name as its bytes.
private struct Bytes {
    private let bytes: Slice<UnsafeBufferPointer<UInt8>>

    init(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) { self.bytes = bytes }

    func `is`(_ text: StaticString) -> Bool { bytes.elementsEqual(Self.bytes(text)) }
    func starts(with text: StaticString) -> Bool { bytes.starts(with: Self.bytes(text)) }
    func ends(with text: StaticString) -> Bool { bytes.suffix(text.utf8CodeUnitCount).elementsEqual(Self.bytes(text)) }
    func dropping(_ ending: StaticString) -> Bytes? { ends(with: ending) ? Bytes(bytes.dropLast(ending.utf8CodeUnitCount)) : nil }

    private static func bytes(_ text: StaticString) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }
}

extension String {
    /// The order in which Terraform reads files.
    func precedesByBytes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
