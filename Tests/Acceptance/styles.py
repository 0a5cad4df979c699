"""Further ways of writing the same infrastructure, for the estates that the acceptance checks are made of.

Each style returns the text for a root module's file, the resources that then exist with the tags they effectively have
(fixable=False: what is missing cannot be fixed by an edit that touches nobody else), and other files of the repository.
Variable files hold only what needs no change: the judge expects edits in `.tf` files alone. The names `style`, `Res`, `hcl` and `instance` are given by the estate generator that loads this file.
"""


def put(a, name, text):
    """A file of the root module."""
    return {f"infra/{a.team}/{a.app}/{name}": text}


def module(a, m, text, inner=""):
    return {f"infra/modules/{a.team}-{a.app}-{m}/{inner}main.tf": text}


def tags_argument(body):
    return f"\n  tags = {body}\n"


@style
def tfvars_map(a):
    n, v, t, g = a.name("stock"), a.name("labels"), "m5.large", a.good()
    text = f'variable "{v}" {{\n  type = map(string)\n}}\n\n' + instance(a, n, t, tags_argument(f"var.{v}"))
    return text, [Res(f"aws_instance.{n}", "aws_instance", g, t)], put(a, "terraform.tfvars", f"# Values of this root.\n{v} = {{\n{hcl(g, '  ')}\n}}\n")


@style
def size_from_local(a):
    n, l, t, g = a.name("grid"), a.name("size"), a.itype(), a.good()
    text = f'locals {{\n  {l} = "{t}" # one size for all\n}}\n\n' + instance(a, n, t, tags_argument(f"{{\n{hcl(g)}\n  }}")).replace(f'"{t}"', f"local.{l}")
    return text, [Res(f"aws_instance.{n}", "aws_instance", g, t)], {}


@style
def size_from_variable(a):
    n, v, t, g = a.name("pump"), a.name("type"), a.itype(), a.good(environment=None)
    text = f'variable "{v}" {{\n  description = "how large"\n  type        = string\n  default     = "{t}"\n}}\n\n' + instance(a, n, t, tags_argument(f"{{\n{hcl(g)}\n  }}")).replace(f'"{t}"', f"var.{v}")
    return text, [Res(f"aws_instance.{n}", "aws_instance", g, t)], {}


@style
def size_from_auto_tfvars(a):
    n, v, t, g = a.name("wheel"), a.name("kind"), "m5.large", a.good()
    text = f'variable "{v}" {{\n  type    = string\n  default = "m5.xlarge"\n}}\n\n' + instance(a, n, t, tags_argument(f"{{\n{hcl(g)}\n  }}")).replace(f'"{t}"', f'"${{var.{v}}}"')
    return text, [Res(f"aws_instance.{n}", "aws_instance", g, t)], put(a, "sizes.auto.tfvars", f'{v} = "{t}"\n')


@style
def size_from_map(a):
    n, m, l, t, u, g = a.name("east"), a.name("west"), a.name("sizes"), a.itype(), a.itype(), a.good()
    body = tags_argument(f"{{\n{hcl(g)}\n  }}")
    text = f'locals {{\n  {l} = {{\n    east = "{t}"\n    west = "{u}"\n  }}\n}}\n\n' + instance(a, n, t, body).replace(f'"{t}"', f'local.{l}["east"]') + "\n" + instance(a, m, u, body).replace(f'"{u}"', f'lookup(local.{l}, "west", "m5.large")')
    return text, [Res(f"aws_instance.{n}", "aws_instance", g, t), Res(f"aws_instance.{m}", "aws_instance", dict(g), u)], {}


@style
def module_in_module(a):
    m, t, g = a.name("deep"), a.itype(), a.good(environment=None)
    outer = 'variable "labels" {\n  type = map(string)\n}\n\nvariable "kind" {\n  type = string\n}\n\nlocals {\n  own = { layer = "outer" }\n}\n\nmodule "inner" {\n  source = "./inner"\n  tags   = merge(var.labels, local.own)\n  size   = var.kind\n}\n'
    inner = 'variable "tags" {\n  type = map(string)\n}\n\nvariable "size" {}\n\nresource "aws_instance" "this" {\n  ami           = "ami-0abcdef1234567890"\n  instance_type = var.size\n  tags          = var.tags\n}\n'
    text = f'module "{m}" {{\n  source = "../../modules/{a.team}-{a.app}-{m}"\n  kind   = "{t}"\n  labels = {{\n{hcl(g)}\n  }}\n}}\n'
    return text, [Res(f"module.{m}.module.inner.aws_instance.this", "aws_instance", dict(g, layer="outer"), t)], {**module(a, m, outer), **module(a, m, inner, "inner/")}


@style
def module_each(a):
    m, g = a.name("fleet"), a.good(cost_center=None)
    files = module(a, m, 'variable "common" {\n  type    = map(string)\n  default = {}\n}\n\nvariable "title" {\n  type = string\n}\n\nresource "aws_sqs_queue" "this" {\n  name = var.title\n\n  tags = merge(var.common, {\n    Name = upper(var.title)\n  })\n}\n')
    text = f'module "{m}" {{\n  for_each = toset(["blue", "green"])\n  source   = "../../modules/{a.team}-{a.app}-{m}"\n  title    = each.key\n\n  common = {{\n{hcl(g)}\n  }}\n}}\n'
    return text, [Res(f'module.{m}["{k}"].aws_sqs_queue.this', "aws_sqs_queue", dict(g, Name=k.upper())) for k in ("blue", "green")], files


@style
def module_without_tags_variable(a):
    m, g = a.name("plain"), a.good(team=None)
    files = module(a, m, f'resource "aws_s3_bucket" "store" {{\n  bucket = "acme-{a.team}-{a.app}-{m.replace("_", "-")}"\n\n  tags = {{\n{hcl(g)}\n  }}\n}}\n')
    return f'module "{m}" {{\n  source = "../../modules/{a.team}-{a.app}-{m}"\n}}\n', [Res(f"module.{m}.aws_s3_bucket.store", "aws_s3_bucket", g)], files


@style
def module_call_passes_nothing(a):
    m = a.name("quiet")
    files = module(a, m, 'variable "tags" {\n  type    = map(string)\n  default = {}\n}\n\nresource "aws_sqs_queue" "this" {\n  name = "quiet"\n  tags = var.tags\n}\n')
    return f'module "{m}" {{\n  source = "../../modules/{a.team}-{a.app}-{m}"\n}}\n', [Res(f"module.{m}.aws_sqs_queue.this", "aws_sqs_queue", {})], files


@style
def provider_alias(a):
    n, p, t, g = a.name("abroad"), a.name("west"), a.itype(), a.good(cost_center=None, environment=None)
    text = f'provider "aws" {{\n  alias  = "{p}"\n  region = "us-west-2"\n\n  default_tags {{\n    tags = {{\n      cost-center = "{a.cc}"\n      environment = "prod"\n    }}\n  }}\n}}\n\n' + instance(a, n, t, tags_argument(f"{{\n{hcl(g)}\n  }}"), f"  provider      = aws.{p}\n")
    return text, [Res(f"aws_instance.{n}", "aws_instance", {"cost-center": a.cc, "environment": "prod", **g}, t)], {}


@style
def merge_of_three(a):
    n, l, v, g = a.name("trio"), a.name("base"), a.name("extra"), a.good(team=None)
    text = f'locals {{\n  {l} = {{\n{hcl(g)}\n  }}\n}}\n\nvariable "{v}" {{\n  type    = map(string)\n  default = {{}}\n}}\n\nresource "aws_sqs_queue" "{n}" {{\n  name = "trio"\n  tags = merge(local.{l}, {{ Name = "trio" }}, var.{v})\n}}\n'
    return text, [Res(f"aws_sqs_queue.{n}", "aws_sqs_queue", dict(g, Name="trio"))], {}


@style
def shared_local(a):
    n, m, l, g = a.name("left"), a.name("right"), a.name("shared"), a.good(cost_center=None)
    queue = lambda x: f'resource "aws_sqs_queue" "{x}" {{\n  name = "{x}"\n  tags = local.{l}\n}}\n'
    return f"locals {{\n  {l} = {{\n{hcl(g)}\n  }}\n}}\n\n{queue(n)}\n{queue(m)}", [Res(f"aws_sqs_queue.{x}", "aws_sqs_queue", dict(g)) for x in (n, m)], {}


@style
def local_of_locals(a):
    n, l, g = a.name("chain"), a.name("set"), a.good(environment="production")
    team = g.pop("team")
    text = f'locals {{\n  {l}_owner = "{team}"\n  {l}_base = {{\n{hcl(g)}\n  }}\n  {l} = merge(local.{l}_base, {{ team = local.{l}_owner }})\n}}\n\nresource "aws_sqs_queue" "{n}" {{\n  name = "chain"\n  tags = local.{l}\n}}\n'
    return text, [Res(f"aws_sqs_queue.{n}", "aws_sqs_queue", dict(g, team=team))], {}


@style
def computed_by_for(a):
    n, g = a.name("loop"), a.good(cost_center=None)
    text = f'resource "aws_sqs_queue" "{n}" {{\n  name = "loop"\n  tags = {{ for k, v in {{ "TEAM" = "{a.team}", "ENVIRONMENT" = "{a.env}" }} : lower(k) => v }}\n}}\n'
    return text, [Res(f"aws_sqs_queue.{n}", "aws_sqs_queue", g, fixable=False)], {}


@style
def built_by_functions(a):
    n, t, g = a.name("zip"), a.itype(), a.good()
    text = instance(a, n, t, tags_argument(f'zipmap(["team", "environment", "cost-center"], [join("", ["{a.team}"]), trimspace(" {a.env} "), "CC-${{{a.cc[3:]} + 0}}"])'))
    return text, [Res(f"aws_instance.{n}", "aws_instance", g, t)], {}


@style
def before_nested_blocks(a):
    n, t = a.name("disk"), a.itype()
    text = f'resource "aws_instance" "{n}" {{\n  ami           = "ami-0abcdef1234567890" # golden image\n  instance_type = "{t}"\n\n  root_block_device {{\n    volume_size = 20\n  }}\n\n  dynamic "ebs_block_device" {{\n    for_each = []\n    content {{\n      device_name = ebs_block_device.value\n    }}\n  }}\n\n  lifecycle {{\n    prevent_destroy = true\n  }}\n}}\n'
    return text, [Res(f"aws_instance.{n}", "aws_instance", {}, t)], {}


@style
def commented_map(a):
    n, g = a.name("note"), a.good(environment="Dev")
    text = f'resource "aws_s3_bucket" "{n}" {{\n  bucket = "acme-{a.team}-{a.app}-note"\n  tags = {{\n    # who\n    team = "{a.team}", // the owner\n\n    /* where */\n    environment   = "Dev",\n    "cost-center" = "{a.cc}", # finance\n  }}\n}}\n'
    return text, [Res(f"aws_s3_bucket.{n}", "aws_s3_bucket", g)], {}


@style
def computed_keys(a):
    n, l, g = a.name("key"), a.name("name"), a.good(cost_center=None)
    text = f'locals {{\n  {l} = "environment"\n}}\n\nresource "aws_sqs_queue" "{n}" {{\n  name = "key"\n  tags = {{\n    "team"        = "{a.team}"\n    (local.{l}) = "{a.env}"\n  }}\n}}\n'
    return text, [Res(f"aws_sqs_queue.{n}", "aws_sqs_queue", g)], {}


@style
def object_variable(a):
    n, v, t, g = a.name("app"), a.name("config"), a.itype(), a.good(team=None)
    text = f'variable "{v}" {{\n  type = object({{\n    size = string\n    tags = optional(map(string), {{}})\n  }})\n  default = {{\n    size = "{t}"\n    tags = {{\n{hcl(g, "      ")}\n    }}\n  }}\n}}\n\n' + instance(a, n, t, tags_argument(f"var.{v}.tags")).replace(f'"{t}"\n\n', f"var.{v}.size\n\n")
    return text, [Res(f"aws_instance.{n}", "aws_instance", g, t)], {}


@style
def enabled_by_condition(a):
    n, v, t, g = a.name("maybe"), a.name("enabled"), a.itype(), a.good(cost_center="")
    text = f'variable "{v}" {{\n  default = true\n}}\n\n' + instance(a, n, t, tags_argument(f"{{\n{hcl(g)}\n  }}"), f"  count         = var.{v} ? 1 : 0\n")
    return text, [Res(f"aws_instance.{n}[0]", "aws_instance", g, t)], {}


@style
def sizes_by_each(a):
    n, t, u, g = a.name("ring"), a.itype(), a.itype(), a.good()
    text = f'resource "aws_instance" "{n}" {{\n  for_each = {{\n    one = {{ type = "{t}" }}\n    two = {{ type = "{u}" }}\n  }}\n\n  ami           = "ami-0abcdef1234567890"\n  instance_type = each.value.type\n\n  tags = {{\n{hcl(g)}\n  }}\n}}\n'
    return text, [Res(f'aws_instance.{n}["{k}"]', "aws_instance", dict(g), s) for k, s in (("one", t), ("two", u))], {}


@style
def output_of_module(a):
    m, n, g = a.name("facts"), a.name("told"), a.good(environment=None)
    files = module(a, m, f'output "cost_center" {{\n  value = "{a.cc}"\n}}\n')
    text = f'module "{m}" {{\n  source = "../../modules/{a.team}-{a.app}-{m}"\n}}\n\nresource "aws_sqs_queue" "{n}" {{\n  name = "told"\n\n  tags = {{\n    team        = "{a.team}"\n    cost-center = module.{m}.cost_center\n  }}\n}}\n'
    return text, [Res(f"aws_sqs_queue.{n}", "aws_sqs_queue", g)], files


@style
def known_after_apply(a):
    n, m, g = a.name("first"), a.name("second"), a.good()
    text = f'resource "aws_sqs_queue" "{n}" {{\n  name = "first"\n\n  tags = {{\n{hcl(g)}\n  }}\n}}\n\nresource "aws_sqs_queue" "{m}" {{\n  name = "second"\n  tags = merge({{ team = "{a.team}", environment = "{a.env}", cost-center = "{a.cc}" }}, {{ parent = aws_sqs_queue.{n}.arn }})\n}}\n'
    return text, [Res(f"aws_sqs_queue.{n}", "aws_sqs_queue", g), Res(f"aws_sqs_queue.{m}", "aws_sqs_queue", dict(g))], {}
