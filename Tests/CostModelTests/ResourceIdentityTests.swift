import CostModel
import Testing

@Suite("the names of resources")
struct ResourceIdentityTests {
    @Test(
        "are read as they are written, with colons in folders and in keys",
        arguments: [
            ("infra/app", "aws_instance.web"), ("", "aws_instance.web"), ("infra/a:b", "aws_instance.web"),
            ("a:b:c", "module.m[\"x:y\"].aws_instance.web[\"z:\\\"]:\"]"), ("infra/app", "aws_instance.web[\"a:b\"]"),
            ("infra/[a:b]", "aws_instance.web[0]"), ("infra/a]:b[", "aws_instance.web"), (":", "aws_instance.web"), ("infra/app", ""),
            ("in\"f:ra", "aws_instance.web[\"\\\\:\"]"),
        ])
    func text(root: String, address: String) {
        let identity = ResourceIdentity(root: root, address: address)
        #expect(ResourceIdentity(text: identity.description) == identity)
    }
}
