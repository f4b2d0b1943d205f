package batch

import "testing"

// Employer and post are parted where that is beyond doubt, and stay whole elsewhere.
func TestPartsEmployerAndPost(t *testing.T) {
	for text, want := range map[string]string{
		"离石区第一小学校长": "离石区第一小学|校长", "离石区第一小学 校长": "离石区第一小学|校长", "区教育局党组书记、局长": "区教育局|党组书记、局长",
		"区教育局局长": "区教育局|局长", "袁家庄村党支部书记、村委会主任": "袁家庄村|党支部书记、村委会主任", "凤山街道办事处副主任": "凤山街道办事处|副主任",
		"中共离石区委书记": "中共离石区委|书记", "区人大常委会副主任": "区人大常委会|副主任", "吕梁市离石区凤山 街道办事处主任": "吕梁市离石区凤山街道办事处|主任",
		"某某煤业有限公司董事长、总经理": "某某煤业有限公司|董事长、总经理", "区人民医院 内科主任医师": "区人民医院|内科主任医师", "信义镇镇长": "信义镇|镇长",
		"凤山小学/后勤": "凤山小学|后勤", "区总工会主席": "区总工会|主席",
		// whole
		"信义镇长": "", "袁家庄村民": "", "个体户 开面馆": "", "校长": "", "离石区第一小学": "", "县长助理": "", "区医院 内科": "", "农民": "",
		"区农业局 第一小学": "", "离石区教育局局长助理": "", "市委督查室": "", "主任": "",
	} {
		employer, post, sure := parted(text)
		if got := employer + "|" + post; sure != (want != "") || sure && got != want || !sure && employer != text {
			t.Errorf("%s: %s (%v), want %q", text, got, sure, want)
		}
	}
}
