internal import CGit2

/// The one door to libgit2: every call that can fail goes through here, and its error is read in the same breath,
/// because libgit2 keeps it per thread and only until the next call.
///
/// - Parameter operation: what is tried, as it reads behind "cannot".
@discardableResult
func git(_ operation: @autoclosure () -> String, _ call: () -> Int32) throws(GitError) -> Int32 {
    Library.start
    let code = call()
    guard code < 0 else { return code }
    let message = git_error_last().flatMap { $0.pointee.message }.map { String(cString: $0) } ?? "error \(code)"
    throw GitError(GitError.Code(code, message), message, operation: operation())
}

/// Like `git(_:_:)` for a call that makes an object; the caller frees it.
func gitObject(
    _ operation: @autoclosure () -> String, _ call: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
) throws(GitError) -> OpaquePointer {
    var object: OpaquePointer?
    try git(operation()) { call(&object) }
    guard let object else { throw GitError(.other, "libgit2 returned nothing", operation: operation()) }
    return object
}

private enum Library {
    /// libgit2 counts its users; we are one for the life of the process.
    static let start: Void = {
        git_libgit2_init()
        _ = bursar_git_enable_fsync()
    }()
}

/// Copies a string that libgit2 owns; bytes that are not UTF-8 become U+FFFD.
func copied(_ text: UnsafePointer<CChar>?) -> String {
    text.map { String(cString: $0) } ?? ""
}
