"""What the console takes for what it isn't, and what it tells of its deeds."""

import pytest

from support.installation import Installation


@pytest.fixture(scope="module")
def stopped(tmp_path_factory, seed_file):
    """An installation whose server doesn't run."""
    return Installation(tmp_path_factory.mktemp("console") / "portal", seed_file)


def test_a_mistyped_plugin_is_not_switched(stopped):
    """Nobody would ever see that the switch of something that isn't there is on."""
    manifest = ["--manifest", stopped.folder / "manifest.json"]
    done = stopped.portal.command("switch", "smx", "system", "system", "on", *manifest, check=False)
    assert done.returncode == 1 and "has no plugin smx" in done.stderr and "sms" in done.stderr, done
    assert stopped.rows.rows("SELECT 1 FROM featureSwitch WHERE plugin = 'smx'") == []
    stopped.portal.command("switch", "smx", "system", "system", "default", *manifest)
    done = stopped.portal.command("number", "set-carrier", "+16195550188", "kanel", *manifest, check=False)
    assert done.returncode == 1 and "no carrier “kanel” here" in done.stderr, done


def test_a_mistyped_permission_makes_no_token(stopped):
    """It would be a key that opens nothing, and nobody would know why."""
    manifest = ["--manifest", stopped.folder / "manifest.json"]
    token = ["token", "add", "1001@harbor.example", "--name", "CRM", "--permission"]
    done = stopped.portal.command(*token, "sms.send", *manifest, check=False)
    assert done.returncode == 1 and "no permission sms.send" in done.stderr and "sms.use" in done.stderr, done
    assert stopped.rows.rows("SELECT 1 FROM apiToken") == []
    stopped.portal.command(*token, "sms.use", *manifest)


def test_a_carrier_that_is_not_there_is_a_fault_of_the_line_that_names_it(stopped, tmp_path):
    file = tmp_path / "numbers.csv"
    file.write_text("number,label,carrier\n(619) 555-0178,Workshop,kanel\n")
    manifest = ["--domain", "harbor.example", "--manifest", stopped.folder / "manifest.json"]
    done = stopped.portal.command("import", "numbers", file, *manifest, check=False)
    assert done.returncode == 1 and "line 2: There is no carrier “kanel” here." in done.stderr, done


def test_what_the_console_makes_in_a_domain_stands_in_that_domains_log(stopped, tmp_path):
    """A number typed as people dial it, and a file that is imported: neither names the domain but by the option."""
    manifest = ["--domain", "harbor.example", "--manifest", stopped.folder / "manifest.json"]
    stopped.portal.command("number", "add", "(619) 555-0177", "--label", "Workshop", *manifest)
    file = tmp_path / "users.csv"
    file.write_text("extension,name\n1177,Wanda Workshop\n")
    stopped.portal.command("import", "users", file, *manifest)
    listed = stopped.portal.command("audit", "list", *manifest).stdout
    assert "console.number-add" in listed and "console.import-users" in listed, listed


def test_a_mistyped_head_is_not_taken_for_tampering(stopped):
    """Only a head that could be one is looked for in the log."""
    manifest = ["--manifest", stopped.folder / "manifest.json"]
    done = stopped.portal.command("audit", "verify", "--head", "deadbeef", *manifest, check=False)
    assert done.returncode == 1 and "64 digits" in done.stderr and "tampered" not in done.stderr, done
    done = stopped.portal.command("audit", "verify", "--head", "0" * 64, *manifest, check=False)
    assert done.returncode == 1 and "tampered" in done.stderr, done


def test_erasing_a_user_says_that_the_account_goes(stopped):
    manifest = ["--manifest", stopped.folder / "manifest.json"]
    done = stopped.portal.command("records", "erase", "1003@harbor.example", *manifest, check=False)
    assert done.returncode == 1 and "The account 1003@harbor.example." in done.stdout, done
