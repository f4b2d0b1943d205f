package trace

import (
	"strings"
	"testing"

	"lianluo.local/data/matter"
)

func TestFind(t *testing.T) {
	for _, c := range []struct {
		p          matter.Private
		text, want string
	}{
		{matter.Private{Name: "王　明"}, "王明家门口积水", "姓名 王明"},
		{matter.Private{Name: "王明"}, "王　明家门口积水，王 明说", "姓名 王　明|姓名 王 明"},
		{matter.Private{Name: "张三山、李四海等3人"}, "李四海家院墙倒了", "姓名 李四海"},
		{matter.Private{Name: "张三山 李四海"}, "张三山和李四海家", "姓名 张三山|姓名 李四海"},
		{matter.Private{Name: "阿依古丽·买买提（女）"}, "阿依古丽买买提家漏雨", "姓名 阿依古丽买买提"},
		{matter.Private{Name: "阿依古丽买买提"}, "阿依古丽•买买提家漏雨", "姓名 阿依古丽•买买提"},
		{matter.Private{Name: "⾼⻓⺠"}, "高长民家漏雨", "姓名 高长民"},
		{matter.Private{Name: "王明（小名二蛋）"}, "二蛋家漏雨", "姓名 二蛋"},
		{matter.Private{Name: "王"}, "王庄村路灯", ""},
		{matter.Private{}, "请打(0358)822 1321联系", "电话 (0358)822 1321"},
		{matter.Private{}, "电话１３８－１２３４－５６７８，或138.1234.5678、＋86 138 1234 5678", "电话 １３８－１２３４－５６７８|电话 138.1234.5678|电话 ＋86 138 1234 5678"},
		{matter.Private{}, "联系一三八一二三四五六七八", "电话 一三八一二三四五六七八"},
		{matter.Private{Phone: "662233"}, "请打66 22 33或662233", "电话 66 22 33|电话 662233"},
		{matter.Private{Phone: "12345"}, "请打12345转", "电话 12345"},
		{matter.Private{}, "邮箱sunli@example.com联系，ｓｕｎ＠ｅｘａｍｐｌｅ．ｃｎ", "邮箱 sunli@example.com|邮箱 ｓｕｎ＠ｅｘａｍｐｌｅ．ｃｎ"},
		{matter.Private{}, "加微信：abc_12345", "微信或QQ号 微信：abc_12345"},
		{matter.Private{}, "身份证14230119700101123X信息有误，142301 1970 0101 1234", "身份证号 14230119700101123X|身份证号 142301 1970 0101 1234"},
		{matter.Private{}, "卡号6222 0200 0000 0000 123", "号码 6222 0200 0000 0000 123"},
		{matter.Private{}, "生态园小区3号楼2单元101室漏水，七巷十二号，3-2-101", "门牌号 3号楼|门牌号 2单元101室|门牌号 十二号|门牌号 3-2-101"},
		{matter.Private{}, "3号楼2单元501的反映，七巷12＃门口，3号楼402", "门牌号 3号楼|门牌号 2单元501|门牌号 12＃|门牌号 3号楼402"},
		{matter.Private{}, "七巷叁号门前，车牌晋J12345、晋 J·AD1234", "门牌号 叁号|车牌号 晋J12345|车牌号 晋 J·AD1234"},
		{matter.Private{Address: "凤山街道 七巷3号"}, "凤山街道七巷 3 号积水", "住址 凤山街道七巷 3 号"},
		{matter.Private{Address: "袁家庄社区"}, "袁家庄社区路灯", ""},
		{matter.Private{}, "2026年3月请求修复12.6公里村道，涉及300人、30户，2026-11-20起，2024-2026年，12月5号停水", ""},
	} {
		var got []string
		for _, f := range Find(c.text, c.p) {
			if got = append(got, f.What+" "+f.Text); !strings.Contains(c.text[f.From:f.To], f.Text) {
				t.Errorf("%q stands elsewhere in %q", f.Text, c.text)
			}
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q: %q, want %q", c.text, strings.Join(got, "|"), c.want)
		}
	}
}

// Whatever stands beside a name in its field, the name is found, and so is the given name alone; a street that is called alike is not.
func TestNameIsFoundWhateverStandsBesideIt(t *testing.T) {
	for _, field := range []string{"王建国", "王建国夫妇", "王建国先生", "王建国女士", "王建国老师", "王建国父亲", "王建国家属", "王建国 女", "王建国　女　回族", "王建国等村民",
		"王建国等5户村民", "王建国（二组）村民", "村民王建国", "业主王建国", "姓名：王建国", "王建国 13812345678", "王建国(女) 电话13812345678", "王建国-李四海", "王建国—李四海",
		"王建国·李四海", "王建国李四海", "王建国代李四海", "1.王建国 2.李四海", "①王建国②李四海", "王建国、李四海共2人", "凤山街道二组王建国", "三组组长王建国", "王建国他爹", "王建国（网格员）转述",
		"李四海王建国赵亮", "王建国/李四海", "王建国转李四海", "王建国+女儿", "王建国65岁", "网格员王建国代报", "低保户王建国", "王建国\u200b（残疾）", "王先生（王建国）"} {
		for text, want := range map[string]string{"王建国停水": "王建国", "反映王　建国家漏雨": "王　建国", "建国家门口积水": "建国", "建国大爷行动不便": "建国",
			"建国路积水": "", "建国家园漏雨": "", "建国街口路灯不亮": "", "建国以来没有修过": "", "道路积水，管网老化": "", "商店占道，马路不平": ""} {
			var got []string
			for _, f := range Find(text, matter.Private{Name: field}) {
				got = append(got, f.Text)
			}
			if strings.Join(got, "|") != want {
				t.Errorf("name %q in %q: %q, want %q", field, text, got, want)
			}
		}
	}
	for _, c := range []struct{ field, text, want string }{
		{"木合塔尔·马木提", "木合塔尔家漏雨", "木合塔尔"}, {"张秀兰", "秀兰腿脚不便", "秀兰"}, {"李凤山", "凤山街道积水", ""}, {"高长民", "提高长效管理", ""}, {"黄河清", "黄河路积水", ""},
		{"王明他爹", "王明家漏雨", "王明"}, {"王建国", "王大爷家门口、王　师傅说，王家庄王家沟", "王大爷|王　师傅"}, {"老李", "老师家积水", ""}, {"欧阳建国", "欧阳建国家、建国家", "欧阳建国|建国"}, {"李和平", "和平街路灯", ""}, {"李和平", "李和平家路灯", "李和平"}, {"党员张三山", "党员活动室漏雨，张三山说", "张三山"},
	} {
		var got []string
		for _, f := range Find(c.text, matter.Private{Name: c.field}) {
			got = append(got, f.Text)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("name %q in %q: %q, want %q", c.field, c.text, got, c.want)
		}
	}
}

func TestHide(t *testing.T) {
	p := matter.Private{Name: "张三山、李四海", Phone: "0358-8221321"}
	if got := Hide("李 四海家院墙被挖机碰倒，请打822 1321", p, func(Found) string { return "…" }); got != "…家院墙被挖机碰倒，请打…" {
		t.Errorf("%q", got)
	}
}

func FuzzFind(f *testing.F) {
	f.Add("王明（女）", "+86 138", "王\u200b明\xff138 1111 2222，a@b.c")
	f.Fuzz(func(t *testing.T, name, phone, text string) {
		last := 0
		for _, f := range Find(text, matter.Private{Name: name, Phone: phone, Address: name}) {
			if f.From < last || f.To <= f.From || f.To > len(text) {
				t.Fatalf("%+v in %q", f, text)
			}
			last = f.To
		}
	})
}
