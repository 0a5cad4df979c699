/// A digest of what each argument and kind of nested block of a resource says, as it evaluates, by resource and by name; tags and size are not
/// among them. An edit of something else must leave them alone.
package typealias ArgumentDigests = [ResourceIdentity: [String: String]]
